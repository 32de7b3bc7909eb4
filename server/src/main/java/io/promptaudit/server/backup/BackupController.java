package io.promptaudit.server.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import io.promptaudit.api.Caller;
import io.promptaudit.api.CommandRejected;
import io.promptaudit.api.Role;
import io.promptaudit.api.Rule;
import io.promptaudit.command.trail.Recorder;
import io.promptaudit.command.trail.RequestContext;
import io.promptaudit.server.PromptAuditProperties;
import io.promptaudit.server.database.EmbeddedDatabase;
import io.promptaudit.server.database.OnlineCopy;
import io.promptaudit.server.disk.Disk;
import io.promptaudit.server.sequence.TrailClock;
import io.promptaudit.server.sequence.TrailSource;

/** Lets an admin copy the running trail. */
@RestController
@ConditionalOnBean(EmbeddedDatabase.class)
class BackupController {
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("'trail-'yyyyMMdd'T'HHmmss.SSS'Z.zip'")
            .withZone(ZoneOffset.UTC);

    private final OnlineCopy database;
    private final Recorder recorder;
    private final TrailClock clock;
    private final TrailSource trail;
    private final PromptAuditProperties properties;
    private final Disk disk;

    BackupController(OnlineCopy database, Recorder recorder, TrailClock clock, TrailSource trail,
            PromptAuditProperties properties, Disk disk) {
        this.database = database;
        this.recorder = recorder;
        this.clock = clock;
        this.trail = trail;
        this.properties = properties;
        this.disk = disk;
    }

    /**
     * Where the backup lies.
     *
     * @param position a position that the backup holds for certain; it may hold later ones too
     */
    record Made(String file, long bytes, long position, Instant madeAt) {}

    @PostMapping("/api/v1/backups")
    @ResponseStatus(HttpStatus.CREATED)
    Made make(Caller caller, RequestContext context) throws IOException {
        if (!caller.holds(Role.ADMIN)) {
            throw recorder.refuse("MakeBackup", caller, context,
                    new CommandRejected(Rule.MISSING_GRANT, "you do not hold the role admin; an admin can grant it"));
        }
        disk.requireRoom();
        Instant now = clock.instant();
        long position = trail.head();
        Path zip = properties.dataDir().toAbsolutePath().normalize().resolve("backups").resolve(NAME.format(now));
        Backup.make(database, properties.keys(), zip);
        return new Made(zip.toString(), Files.size(zip), position, now);
    }
}
