package io.openrun.engines;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How one shop process is to run.
 *
 * @param home the folder with its logs, keys and pid
 * @param port where it answers; every port is a real one here, see {@link #on}
 * @param lanePort where the fast lane answers
 * @param managementPort where health and metrics answer, on the loopback address only
 * @param environment the addresses of its engines, its keys and passwords
 * @param jvmOptions options that override {@link #JVM_OPTIONS}
 */
public record ShopPlan(
        Path home,
        int port,
        int lanePort,
        int managementPort,
        Map<String, String> environment,
        List<String> jvmOptions) {

    /** What every shop's JVM gets: bounded, and quiet about what its libraries do. */
    public static final List<String> JVM_OPTIONS = List.of(
            "-Xms256m",
            "-Xmx768m",
            "-XX:+UseParallelGC",
            // Connections are bounded so that the heap holds them; a crowd that fills it for a second is no reason to
            // end.
            "-XX:-UseGCOverheadLimit",
            "-XX:+UseCompactObjectHeaders",
            "-XX:MaxDirectMemorySize=128m",
            // Classes and compiled code that have come to fill some space are no reason to stop everybody for a full
            // collection: the classes stay as long as the shop runs, and the code has far more space than it needs.
            "-XX:MetaspaceSize=256m",
            "-XX:SweeperThreshold=100",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    private static final String DEMONSTRATION = "OPENRUN_DEMO";

    public ShopPlan {
        home = home.toAbsolutePath().normalize();
        environment = Map.copyOf(environment);
        jvmOptions = List.copyOf(jvmOptions);
    }

    /** A demonstration shop on embedded engines, on free ports, with keys and accounts in {@code home}. */
    public static ShopPlan on(Path home, Engines engines) {
        var environment = new LinkedHashMap<>(engines.environment());
        environment.putAll(ShopSecrets.in(home.resolve("keys")).environment());
        environment.putAll(DemoAccounts.in(home).environment());
        environment.put(DEMONSTRATION, "true");
        return onFreePorts(home, environment);
    }

    /** A shop with this environment, which must name its engines and keys. */
    public static ShopPlan onFreePorts(Path home, Map<String, String> environment) {
        return new ShopPlan(home, FreePort.any(), FreePort.any(), FreePort.any(), environment, List.of());
    }

    /** The same on these ports; 0 keeps the port there is. */
    public ShopPlan withPorts(int port, int lanePort, int managementPort) {
        return new ShopPlan(
                home,
                port == 0 ? this.port : port,
                lanePort == 0 ? this.lanePort : lanePort,
                managementPort == 0 ? this.managementPort : managementPort,
                environment,
                jvmOptions);
    }

    /** The same with one more environment variable, for example {@code OPENRUN_DROP_STRATEGY}. */
    public ShopPlan with(String variable, String value) {
        var more = new LinkedHashMap<>(environment);
        more.put(variable, value);
        return new ShopPlan(home, port, lanePort, managementPort, more, jvmOptions);
    }

    /** The same with more options for its JVM; a later option overrides an earlier one. */
    public ShopPlan withJvmOptions(List<String> options) {
        var more = new ArrayList<>(jvmOptions);
        more.addAll(options);
        return new ShopPlan(home, port, lanePort, managementPort, environment, more);
    }

    /** Whether the shop comes with demonstration data and accounts. */
    boolean isDemonstration() {
        return "true".equals(environment.get(DEMONSTRATION));
    }

    Map<String, String> fullEnvironment() {
        var full = new LinkedHashMap<>(environment);
        // glibc would keep an arena for each of dozens of threads, a hundred megabytes of it unused.
        full.putIfAbsent("MALLOC_ARENA_MAX", "2");
        full.put("OPENRUN_PORT", Integer.toString(port));
        full.put("OPENRUN_FAST_LANE_PORT", Integer.toString(lanePort));
        full.put("OPENRUN_MANAGEMENT_PORT", Integer.toString(managementPort));
        return full;
    }
}
