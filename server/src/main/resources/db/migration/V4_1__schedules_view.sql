-- Deployments for a later moment, and what became of them.
insert into view_head (view, generation, position) values ('schedules', 1, 0);
insert into view_task (view) values ('schedules');

create table schedules_schedule (
    generation integer not null,
    seq bigint not null,
    schedule varchar(255) not null,
    prompt varchar(512) not null,
    state varchar(16) not null,
    body text not null,
    primary key (generation, seq)
);
create index schedules_schedule_id on schedules_schedule (generation, schedule);
create index schedules_schedule_prompt on schedules_schedule (generation, prompt, seq);
create index schedules_schedule_state on schedules_schedule (generation, state, seq);
