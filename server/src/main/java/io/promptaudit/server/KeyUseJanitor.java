package io.promptaudit.server;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

import io.promptaudit.command.account.Keys;

/** Writes down once a minute, and at the end, when keys were last used. */
@Component
class KeyUseJanitor implements DisposableBean {
    private final Keys keys;

    KeyUseJanitor(Keys keys) {
        this.keys = keys;
    }

    @Scheduled(fixedDelayString = "PT1M", initialDelayString = "PT1M")
    void write() {
        keys.writeUses();
    }

    @Override
    public void destroy() {
        write();
    }
}
