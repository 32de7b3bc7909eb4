GRANT SELECT, INSERT, UPDATE, DELETE ON schedules_schedule TO ${runtime};
