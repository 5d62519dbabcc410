package io.openrun.platform.security;

import io.openrun.platform.events.EventCodec;
import io.openrun.platform.problem.Problem;
import io.openrun.platform.problem.ProblemAnswers;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** One stateless filter chain for whatever services run in this process. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SecuritySettings.class)
class SecurityConfiguration {

    /** Between services only. */
    static final RequestMatcher INTERNAL = PathPatternRequestMatcher.pathPattern("/internal/**");

    /** Those that controllers are asked with. */
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");

    /** Demonstration shoppers keep their tokens for a day. */
    private static final Duration DEMO_TOKEN_LIFE = Duration.ofHours(24);

    private static final int MAX_KEY_SET_CHARS = 64 * 1024;

    @Bean
    Revocations revocations(SecuritySettings settings, Clock clock, @Value("${openrun.demo:false}") boolean demo) {
        return new Revocations(clock, longestTokenLife(settings, demo));
    }

    private static Duration longestTokenLife(SecuritySettings settings, boolean demo) {
        return demo && settings.tokenLife().compareTo(DEMO_TOKEN_LIFE) < 0 ? DEMO_TOKEN_LIFE : settings.tokenLife();
    }

    @Bean
    TokenVerifier tokenVerifier(SecuritySettings settings, Revocations revocations, Clock clock) {
        var keys = new SigningKeys(
                keySource(settings), settings.jwksRefreshInterval(), settings.jwksMaxAge(), settings.jwksTimeout());
        return new TokenVerifier(keys, revocations, settings.maxVerifiedTokens(), clock);
    }

    private static SigningKeys.KeySource keySource(SecuritySettings settings) {
        return () -> {
            try (var client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(settings.jwksTimeout())
                    .build()) {
                var request = HttpRequest.newBuilder(settings.jwksUrl())
                        .timeout(settings.jwksTimeout())
                        .build();
                var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() != 200 || answer.body().length() > MAX_KEY_SET_CHARS) {
                    throw new IOException("the user service answered " + answer.statusCode());
                }
                return answer.body();
            }
        };
    }

    @Bean
    @ConditionalOnProperty(name = "openrun.security.revocation-feed", matchIfMissing = true)
    RevocationFeed revocationFeed(
            @Value("${spring.kafka.bootstrap-servers}") String servers,
            EventCodec codec,
            Revocations revocations,
            SecuritySettings settings,
            Clock clock,
            @Value("${openrun.demo:false}") boolean demo) {
        var properties = new HashMap<String, Object>();
        properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 500);
        properties.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
        properties.put(ConsumerConfig.CLIENT_ID_CONFIG, "revocations");
        return new RevocationFeed(
                () -> new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer()),
                codec,
                revocations,
                longestTokenLife(settings, demo),
                settings.catchUpPatience(),
                clock);
    }

    @Bean
    SecurityFilterChain securityFilterChain(
            HttpSecurity http,
            ObjectProvider<ServiceRoutes> services,
            TokenVerifier tokens,
            ProblemAnswers answers,
            @Value("${openrun.service-key:}") String serviceKey) {
        var entrances = services.stream()
                .flatMap(service -> Stream.of(matchersOf(service.entrances())))
                .toList();
        RequestMatcher isEntrance = request -> entrances.stream().anyMatch(entrance -> entrance.matches(request));
        return http.csrf(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .addFilterBefore(
                        new CallerFilter(tokens, isEntrance, serviceKey, answers), AnonymousAuthenticationFilter.class)
                .authorizeHttpRequests(rules -> {
                    rules.dispatcherTypeMatchers(DispatcherType.ASYNC, DispatcherType.ERROR)
                            .permitAll();
                    services.forEach(service -> rules.requestMatchers(matchersOf(service.administrators()))
                            .hasRole("ADMIN"));
                    services.forEach(service -> rules.requestMatchers(matchersOf(service.everybody()))
                            .permitAll());
                    rules.requestMatchers(isEntrance).permitAll();
                    rules.requestMatchers(INTERNAL).hasRole("SERVICE");
                    rules.requestMatchers(SecurityConfiguration::isForNothing).permitAll();
                    rules.requestMatchers("/api/**").authenticated();
                    rules.anyRequest().permitAll();
                })
                .exceptionHandling(refusals -> refusals.authenticationEntryPoint(
                                (request, response, e) -> refuse(answers, request, response))
                        .accessDeniedHandler((request, response, e) -> deny(answers, request, response)))
                .build();
    }

    /** HEAD needs what GET needs: Spring MVC answers it by the same controller. */
    private static RequestMatcher[] matchersOf(List<ServiceRoutes.Route> routes) {
        return routes.stream()
                .flatMap(route -> route.method().equals(HttpMethod.GET)
                        ? Stream.of(route, new ServiceRoutes.Route(HttpMethod.HEAD, route.pattern()))
                        : Stream.of(route))
                .map(route -> PathPatternRequestMatcher.pathPattern(route.method(), route.pattern()))
                .toArray(RequestMatcher[]::new);
    }

    /** No controller is there for such a method: Spring MVC says which ones there are, or that nothing is there. */
    private static boolean isForNothing(HttpServletRequest request) {
        return !METHODS.contains(request.getMethod());
    }

    /** Leaves it to Spring MVC to refuse methods that nobody knows, with 405 and those that there are. */
    @Bean
    HttpFirewall httpFirewall() {
        var firewall = new StrictHttpFirewall();
        firewall.setUnsafeAllowAnyHttpMethod(true);
        return firewall;
    }

    /** What the firewall turns away is a bad request like any other. */
    @Bean
    RequestRejectedHandler requestRejectedHandler(ProblemAnswers answers) {
        return (request, response, e) -> answers.write(Problem.of(400, "BAD_REQUEST"), request, response);
    }

    private static void refuse(ProblemAnswers answers, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (INTERNAL.matches(request)) {
            answers.write(Problem.notFound(), request, response);
        } else {
            answers.unauthenticated("UNAUTHENTICATED", "Bearer", request, response);
        }
    }

    private static void deny(ProblemAnswers answers, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (INTERNAL.matches(request)) {
            answers.write(Problem.notFound(), request, response);
        } else {
            answers.write(Problem.of(403, "FORBIDDEN"), request, response);
        }
    }
}
