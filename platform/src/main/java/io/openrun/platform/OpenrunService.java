package io.openrun.platform;

import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** Starts a service as a process of its own. */
public final class OpenrunService {

    private OpenrunService() {}

    /**
     * Runs the service until it is told to stop.
     *
     * @param root the service's configuration
     * @param name its name in logs and metrics
     * @param port where it answers unless {@code OPENRUN_PORT} says otherwise
     */
    public static void run(Class<?> root, String name, int port, String... args) {
        application(root, name, port).run(args);
    }

    static SpringApplicationBuilder application(Class<?> root, String name, int port) {
        return new SpringApplicationBuilder(root)
                .bannerMode(Banner.Mode.OFF)
                .properties(Map.of("spring.application.name", name, "openrun.default-port", port));
    }
}
