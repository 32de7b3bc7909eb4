package io.promptaudit.server.disk;

import java.nio.file.Path;
import java.util.LinkedHashMap;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.promptaudit.command.trail.Alerts;
import io.promptaudit.server.PromptAuditProperties;

/** Wires what watches the disk. */
@Configuration(proxyBeanMethods = false)
class DiskConfiguration {

    @Bean
    Disk disk() {
        return new Disk();
    }

    @Bean
    SpaceMeter spaceMeter() {
        return SpaceMeter.OF_THE_SYSTEM;
    }

    @Bean
    DiskWatch diskWatch(Disk disk, PromptAuditProperties properties, SpaceMeter meter, Alerts alerts) {
        var folders = new LinkedHashMap<String, Path>();
        folders.put("data folder", properties.dataDir());
        folders.put("checkpoints", properties.checkpoints());
        return new DiskWatch(disk, folders, properties.disk(), meter, alerts);
    }

    /** Health calls it by this name. */
    @Bean("room")
    DiskHealth diskHealth(Disk disk) {
        return new DiskHealth(disk);
    }
}
