package io.promptaudit.query.feed;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Somebody could not sign in.
 *
 * @param account the account that was tried; left out when what was typed names none
 * @param credential {@code password}, {@code key} or {@code token}
 * @param reason the stable id of the reason
 * @param attempts how many attempts are told together
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SignInFailure(@Nullable String account, String credential, String reason, long attempts) {}
