package io.openrun.launcher;

import io.openrun.engines.FreePort;
import org.jspecify.annotations.Nullable;

/**
 * The three ports of a shop; 0 means any free one.
 *
 * @param management null where nobody asked for one: it need not be known in advance
 */
record Ports(int web, int fastLane, @Nullable Integer management) {

    /** Any free ones. */
    static final Ports ANY = new Ports(0, 0, 0);

    private static final int USUAL_MANAGEMENT = 8082;
    private static final int MAX = 65_535;

    Ports {
        requireValid("--port", web);
        requireValid("--fast-lane-port", fastLane);
        requireDifferent("--port", web, "--fast-lane-port", fastLane);
        if (management != null) {
            requireValid("--management-port", management);
            requireDifferent("--port", web, "--management-port", management);
            requireDifferent("--fast-lane-port", fastLane, "--management-port", management);
        }
    }

    /** Where health and metrics are to answer: as asked, else on the usual port, else on any. */
    int managementOrAny() {
        if (management != null) {
            return management;
        }
        boolean usual = web != USUAL_MANAGEMENT && fastLane != USUAL_MANAGEMENT && FreePort.isFree(USUAL_MANAGEMENT);
        return usual ? USUAL_MANAGEMENT : 0;
    }

    /** Says who is in the way and which option goes around it. */
    void requireFree() {
        requireFree("--port", web);
        requireFree("--fast-lane-port", fastLane);
        if (management != null) {
            requireFree("--management-port", management);
        }
    }

    private static void requireValid(String option, int port) {
        if (port < 0 || port > MAX) {
            throw Failure.ofInput(option + " is a number from 0 to " + MAX + ", not " + port + ".");
        }
    }

    private static void requireDifferent(String option, int port, String otherOption, int otherPort) {
        if (port == otherPort && port != 0) {
            throw Failure.ofInput(option + " and " + otherOption + " cannot both be " + port + ".");
        }
    }

    private static void requireFree(String option, int port) {
        if (port != 0 && !FreePort.isFree(port)) {
            var holder = PortHolder.of(port).map(process -> " by " + process).orElse("");
            throw Failure.of("Port " + port + " is taken" + holder + ": choose another with " + option + ".");
        }
    }
}
