-- When which schedule is due: written and removed with the events that make and end it.
CREATE TABLE pending_schedule (
    schedule     VARCHAR(64)  NOT NULL PRIMARY KEY,
    prompt       VARCHAR(512) NOT NULL,
    due          TIMESTAMP(3) WITH TIME ZONE NOT NULL,
    account_id   VARCHAR(64)  NOT NULL,
    on_behalf_of VARCHAR(64)
);
CREATE INDEX pending_schedule_due ON pending_schedule (due, schedule);

GRANT SELECT, INSERT, DELETE ON pending_schedule TO ${runtime};
