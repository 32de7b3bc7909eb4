package io.promptaudit.server.http;

import java.util.Optional;

import io.promptaudit.api.event.SignInRefused;
import io.promptaudit.command.trail.RequestContext;
import io.promptaudit.command.trail.SignInRecorder;
import io.promptaudit.server.security.KnownPlaces;

/** Knows every place, and records nothing. */
class MemoryDoor implements SignInRecorder, KnownPlaces {
    @Override
    public Optional<String> owner(String name) {
        return Optional.empty();
    }

    @Override
    public void record(SignInRefused event, RequestContext last) {}

    @Override
    public boolean knows(String name, String network) {
        return true;
    }

    @Override
    public void remember(String name, String network, String account) {}
}
