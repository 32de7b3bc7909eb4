package io.promptaudit.server;

import java.nio.file.Path;
import java.util.Arrays;

import org.axonframework.springboot.autoconfig.InterceptorAutoConfiguration;
import org.axonframework.springboot.autoconfig.JdbcAutoConfiguration;
import org.axonframework.springboot.autoconfig.UpdateCheckerAutoConfiguration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;

import io.promptaudit.server.backup.Backup;

/** The server. */
// Axon would register the command gate a second time, and each command would be decided and answered twice over.
// Axon's own JDBC set-up would replace our dead-letter queues where it finds a data source before us.
// Full names, because both sides have words in common, and Spring keeps something else under the name environment.
@SpringBootApplication(scanBasePackages = "io.promptaudit",
        exclude = {UserDetailsServiceAutoConfiguration.class, UpdateCheckerAutoConfiguration.class,
                InterceptorAutoConfiguration.class, JdbcAutoConfiguration.class},
        nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class)
@ConfigurationPropertiesScan
public class PromptAuditTrail {

    /** Starts the server with Spring Boot's arguments, or, with {@code restore BACKUP.zip FOLDER}, puts a backup back. */
    public static void main(String[] arguments) {
        if (arguments.length > 0 && arguments[0].equals("restore")) {
            System.exit(restore(Arrays.copyOfRange(arguments, 1, arguments.length)));
        }
        SpringApplication.run(PromptAuditTrail.class, arguments);
    }

    private static int restore(String[] arguments) {
        if (arguments.length != 2) {
            System.err.println("usage: java -jar prompt-audit-trail.jar restore BACKUP.zip DATA-FOLDER");
            return 2;
        }
        try {
            Backup.restore(Path.of(arguments[0]), Path.of(arguments[1]));
            System.out.println("Restored to " + arguments[1] + "; start the server with --promptaudit.data-dir=" + arguments[1]);
            return 0;
        } catch (RuntimeException e) {
            System.err.println("Nothing was restored: " + e.getMessage());
            return 1;
        }
    }
}
