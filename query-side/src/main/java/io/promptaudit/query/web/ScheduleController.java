package io.promptaudit.query.web;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import io.promptaudit.api.Caller;
import io.promptaudit.api.query.Page;
import io.promptaudit.api.query.ScheduleState;
import io.promptaudit.api.query.ViewQuery.ListSchedules;

/** What is to be deployed at a later moment, and what became of it. */
@RestController
class ScheduleController {
    private final Questions questions;

    ScheduleController(Questions questions) {
        this.questions = questions;
    }

    @GetMapping("/api/v1/prompts/{name}/schedules")
    Page.Schedules schedules(Caller caller, HttpServletRequest request, @PathVariable String name) {
        return ask(caller, request, name);
    }

    @GetMapping("/api/v1/schedules")
    Page.Schedules everySchedule(Caller caller, HttpServletRequest request) {
        return ask(caller, request, null);
    }

    private Page.Schedules ask(Caller caller, HttpServletRequest request, @Nullable String prompt) {
        var given = Parameters.ofList(request, "state");
        return questions.ask(new ListSchedules(caller, given.position(), prompt,
                given.choice("state", ScheduleState.values(), ScheduleState::id), given.slice()), Page.Schedules.class);
    }
}
