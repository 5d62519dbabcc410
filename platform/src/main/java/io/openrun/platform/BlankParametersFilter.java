package io.openrun.platform;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/** Takes blank parameters for absent ones: {@code ?category=} asks for nothing. Forms, which nobody takes, stay as they are. */
final class BlankParametersFilter extends OncePerRequestFilter {

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        var type = request.getContentType();
        return type != null && type.toLowerCase(Locale.ROOT).startsWith(MediaType.APPLICATION_FORM_URLENCODED_VALUE);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(new WithoutBlanks(request), response);
    }

    /** The request; parameters are decoded only once somebody asks for them, who then is told what is wrong with them. */
    private static final class WithoutBlanks extends HttpServletRequestWrapper {

        WithoutBlanks(HttpServletRequest request) {
            super(request);
        }

        @Override
        public String @Nullable [] getParameterValues(String name) {
            return withoutBlanks(super.getParameterValues(name));
        }

        @Override
        public @Nullable String getParameter(String name) {
            var values = getParameterValues(name);
            return values == null ? null : values[0];
        }

        @Override
        public Map<String, String[]> getParameterMap() {
            var parameters = new LinkedHashMap<String, String[]>();
            super.getParameterMap().forEach((name, values) -> {
                var rest = withoutBlanks(values);
                if (rest != null) {
                    parameters.put(name, rest);
                }
            });
            return Collections.unmodifiableMap(parameters);
        }

        @Override
        public Enumeration<String> getParameterNames() {
            return Collections.enumeration(getParameterMap().keySet());
        }

        private static String @Nullable [] withoutBlanks(String @Nullable [] values) {
            if (values == null) {
                return null;
            }
            var rest = Arrays.stream(values).filter(value -> !value.isBlank()).toArray(String[]::new);
            return rest.length == 0 ? null : rest;
        }
    }
}
