package io.openrun.launcher;

import io.openrun.engines.DemoAccounts;
import io.openrun.engines.ShopProcess;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** What a person wants to know once the shop is ready: where, who, and what to try. */
record Announcement(DataFolder data, ShopProcess shop, boolean demonstration, Duration took) {

    void printTo(PrintWriter out) {
        out.printf(Locale.ROOT, "%nOpenrun is ready after %.1f s.%n%n", took.toMillis() / 1000.0);
        line(out, "Shop", visible(shop.plan().port(), ""));
        line(out, "Fast lane", visible(shop.plan().lanePort(), ""));
        line(out, "API pages", visible(shop.plan().port(), "/swagger-ui.html"));
        line(out, "Health", visible(shop.plan().managementPort(), "/actuator/health"));
        line(out, "Log", shop.log().toString());
        if (demonstration) {
            line(out, "Mail", visible(shop.plan().port(), "/dev/inbox"));
            accountsAndIdeas(out);
        }
        out.println();
        out.println("Stop with Ctrl-C; the data stays in " + data.path() + ".");
        out.flush();
    }

    private void accountsAndIdeas(PrintWriter out) {
        var accounts = DemoAccounts.in(data.path());
        out.println();
        line(out, "Administrator", DemoAccounts.ADMIN + "  " + accounts.adminPassword());
        line(out, "Shopper", DemoAccounts.DEMO + "  " + accounts.demoPassword());
        out.println();
        out.println("Try next, in another terminal:");
        out.println("  ./openrun rush" + option() + "        10,000 shoppers run at 100 units");
        out.println("  ./openrun tokens 3" + option() + "    access tokens of three shoppers, for a load test");
    }

    private String option() {
        var root = System.getProperty("openrun.root");
        var usual = Path.of(root == null ? "" : root, DataFolder.DEFAULT_NAME).toAbsolutePath();
        return usual.equals(data.path()) ? "" : " --data " + data.path();
    }

    private static void line(PrintWriter out, String what, String value) {
        out.printf("  %-14s %s%n", what, value);
    }

    private static String visible(int port, String path) {
        return "http://localhost:" + port + path;
    }
}
