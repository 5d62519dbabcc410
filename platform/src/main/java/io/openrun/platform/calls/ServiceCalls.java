package io.openrun.platform.calls;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

/**
 * Makes clients for other services: {@link #CONNECT_TIMEOUT} to connect, {@link #READ_TIMEOUT} to answer, a circuit
 * breaker per service, the service key on every call, no hidden retries. A service that is away is a
 * {@link ResourceAccessException}. Never call inside a database transaction.
 */
public final class ServiceCalls {

    /** The longest a connection may take. */
    public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);

    /** The longest an answer may take. */
    public static final Duration READ_TIMEOUT = Duration.ofSeconds(3);

    /** The header that proves a call comes from one of our services. */
    public static final String SERVICE_KEY_HEADER = "X-Service-Key";

    private final String serviceKey;
    private final RestClient.Builder builder;

    /** Clients that carry this key. */
    public ServiceCalls(RestClient.Builder builder, String serviceKey) {
        this.builder = builder;
        this.serviceKey = serviceKey;
    }

    /**
     * A client for one service.
     *
     * @param service its name, for the circuit breaker
     * @param baseUrl where it answers
     */
    public RestClient to(String service, String baseUrl) {
        var http = new JdkClientHttpRequestFactory(HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT)
                .build());
        http.setReadTimeout(READ_TIMEOUT);
        return builder.clone()
                .baseUrl(baseUrl)
                .requestFactory(http)
                .defaultHeader(SERVICE_KEY_HEADER, serviceKey)
                .requestInterceptor(new Breaker(CircuitBreaker.of(
                        service,
                        CircuitBreakerConfig.custom()
                                .slidingWindowSize(50)
                                .minimumNumberOfCalls(20)
                                .waitDurationInOpenState(Duration.ofSeconds(2))
                                .build())))
                .build();
    }

    private record Breaker(CircuitBreaker circuit) implements ClientHttpRequestInterceptor {

        @Override
        public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
                throws IOException {
            if (!circuit.tryAcquirePermission()) {
                throw new IOException(CallNotPermittedException.createCallNotPermittedException(circuit));
            }
            long start = System.nanoTime();
            try {
                var response = execution.execute(request, body);
                if (response.getStatusCode().is5xxServerError()) {
                    circuit.onError(
                            System.nanoTime() - start,
                            TimeUnit.NANOSECONDS,
                            new IOException("answered " + response.getStatusCode()));
                } else {
                    circuit.onSuccess(System.nanoTime() - start, TimeUnit.NANOSECONDS);
                }
                return response;
            } catch (IOException | RuntimeException e) {
                circuit.onError(System.nanoTime() - start, TimeUnit.NANOSECONDS, e);
                throw e;
            }
        }
    }
}
