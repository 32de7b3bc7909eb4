package io.promptaudit.server;

import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;

import io.promptaudit.command.prompt.DueSchedules;

/** Looks every second whether the moment of a schedule has come, and first once the server has started. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class ScheduleTimer {
    private final DueSchedules schedules;

    ScheduleTimer(DueSchedules schedules) {
        this.schedules = schedules;
    }

    @Scheduled(fixedDelayString = "PT1S")
    void look() {
        schedules.execute();
    }
}
