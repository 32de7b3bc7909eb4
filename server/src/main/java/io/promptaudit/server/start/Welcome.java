package io.promptaudit.server.start;

import java.io.PrintStream;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.stereotype.Component;

import io.promptaudit.server.PromptAuditProperties;
import io.promptaudit.server.security.Transport;

/** Says where to go and how to sign in. On the console, not in the log: a made password is told once and kept nowhere. */
@Component
class Welcome implements ApplicationRunner {
    private final WebServerApplicationContext server;
    private final FirstStart firstStart;
    private final Transport transport;
    private final PromptAuditProperties properties;

    Welcome(WebServerApplicationContext server, FirstStart firstStart, Transport transport, PromptAuditProperties properties) {
        this.server = server;
        this.firstStart = firstStart;
        this.transport = transport;
        this.properties = properties;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        PrintStream console = System.out;
        var webServer = server.getWebServer();
        int port = webServer == null ? 0 : webServer.getPort();
        console.println();
        console.println("Prompt Audit Trail answers at " + transport.scheme() + "://127.0.0.1:" + port + "/api/v1/me");
        console.println("Its data lies in " + properties.dataDir().toAbsolutePath().normalize());
        String password = firstStart.takeMadePassword();
        if (password == null) {
            console.println("Sign in with an account of this trail; the first is " + FirstStart.ADMIN + ".");
        } else {
            console.println("Sign in as " + FirstStart.ADMIN + " with the password " + password);
            console.println("It is shown this once. Set another with PUT /api/v1/accounts/admin/password");
        }
        console.println();
        console.flush();
    }
}
