package io.openrun.platform.security;

import java.util.List;
import org.springframework.http.HttpMethod;

/**
 * Which of a service's routes are open to everybody and which to administrators only. Everything else under
 * {@code /api} needs a signed-in caller; {@code /internal} needs the service key. Each service declares one bean.
 *
 * @param entrances where people come in: open to everybody, and no token they still carry is looked at, since one that
 *     has ended is why they come
 */
public record ServiceRoutes(List<Route> everybody, List<Route> administrators, List<Route> entrances) {

    /** Without entrances. */
    public ServiceRoutes(List<Route> everybody, List<Route> administrators) {
        this(everybody, administrators, List.of());
    }

    /**
     * A method and an Ant-like path pattern.
     *
     * @param method the HTTP method
     * @param pattern for example {@code /api/v1/products/*}
     */
    public record Route(HttpMethod method, String pattern) {

        /** {@code GET pattern}. */
        public static Route get(String pattern) {
            return new Route(HttpMethod.GET, pattern);
        }

        /** {@code POST pattern}. */
        public static Route post(String pattern) {
            return new Route(HttpMethod.POST, pattern);
        }

        /** {@code PATCH pattern}. */
        public static Route patch(String pattern) {
            return new Route(HttpMethod.PATCH, pattern);
        }

        /** {@code DELETE pattern}. */
        public static Route delete(String pattern) {
            return new Route(HttpMethod.DELETE, pattern);
        }
    }
}
