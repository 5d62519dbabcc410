package io.openrun.launcher;

import io.openrun.engines.FreePort;

/** The three ports of a shop; 0 means any free one. */
record Ports(int web, int fastLane, int management) {

    private static final int MAX = 65_535;

    Ports {
        requireValid("--port", web);
        requireValid("--fast-lane-port", fastLane);
        requireValid("--management-port", management);
        requireDifferent("--port", web, "--fast-lane-port", fastLane);
        requireDifferent("--port", web, "--management-port", management);
        requireDifferent("--fast-lane-port", fastLane, "--management-port", management);
    }

    /** Says who is in the way and which option goes around it. */
    void requireFree() {
        requireFree("--port", web);
        requireFree("--fast-lane-port", fastLane);
        requireFree("--management-port", management);
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
