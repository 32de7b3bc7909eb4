package io.promptaudit.query.feed;

import io.promptaudit.api.Caller;
import io.promptaudit.api.event.AccountEvent;
import io.promptaudit.api.event.CommandRefused;
import io.promptaudit.api.event.ContentRead;
import io.promptaudit.api.event.PolicyChangeDeclined;
import io.promptaudit.api.event.PolicyChangeProposed;
import io.promptaudit.api.event.PromptEvent;
import io.promptaudit.api.event.ReleasePolicyChanged;
import io.promptaudit.api.event.ServerEvent;
import io.promptaudit.api.event.SignInRefused;
import io.promptaudit.api.event.TrailEvent;

/** Who sees which events: what is about a prompt, whoever sees the prompt; policies in force, everyone; the rest, who reads all. */
final class Visibility {
    private Visibility() {}

    static boolean of(TrailEvent event, Caller caller) {
        return switch (event) {
            case PromptEvent e -> caller.sees(e.prompt());
            case ReleasePolicyChanged _ -> true;
            case PolicyChangeProposed _,PolicyChangeDeclined _ -> caller.readsEverything();
            case AccountEvent _ -> caller.readsEverything();
            case ContentRead _ -> caller.readsEverything();
            case CommandRefused e -> e.prompt() == null ? caller.readsEverything() : caller.sees(e.prompt());
            case SignInRefused _,ServerEvent _ -> caller.readsEverything();
        };
    }
}
