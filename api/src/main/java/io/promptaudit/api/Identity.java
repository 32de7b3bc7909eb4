package io.promptaudit.api;

/**
 * Somebody as an identity provider knows them. The provider gives a subject to nobody else, ever (OpenID Connect Core 1.0,
 * section 5.7), which is not true of names and addresses.
 *
 * @param issuer the provider's own address
 * @param subject whom it means, in words of its own
 */
public record Identity(String issuer, String subject) {}
