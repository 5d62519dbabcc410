package io.openrun.order.placement;

import io.openrun.contracts.HoldConfirmation;
import io.openrun.contracts.HoldView;
import io.openrun.platform.calls.ServiceCalls;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/**
 * The holds of the drop service, over HTTP. At most {@value #MAX_CALLS} calls are under way; more wait up to
 * {@value #MAX_WAIT_MILLIS} ms, as a first rush on a shop that was just started needs. Nothing is repeated here:
 * listeners repeat by reading their record again, shoppers are told when to.
 */
@Component
public class Holds {

    static final int MAX_CALLS = 64;
    static final long MAX_WAIT_MILLIS = 3_000;

    private final RestClient drop;
    private final Semaphore calls = new Semaphore(MAX_CALLS);

    Holds(ServiceCalls services, @Value("${openrun.services.drop}") String baseUrl) {
        this.drop = services.to("drop", baseUrl);
    }

    /**
     * The hold an order is made of, or empty when there never was one.
     *
     * @throws DropAway when the drop service does not answer
     */
    public Optional<HoldView> find(UUID orderId) {
        return call(() -> drop.get()
                .uri("/internal/holds/{id}", orderId)
                .exchange((request, response) ->
                        missing(response) ? Optional.empty() : Optional.of(body(response, HoldView.class))));
    }

    /**
     * Sells the held units to their holder, unless the hold is gone. Asking twice answers the same. That there is no
     * such hold is an outcome; a plain 404 is not the drop's word for it, but a wrong address or a wrong key.
     *
     * @throws DropAway when the drop service does not answer
     */
    public HoldConfirmation.Outcome confirm(UUID orderId) {
        return call(
                () -> drop.post().uri("/internal/holds/{id}/confirm", orderId).exchange((request, response) -> body(
                                response, HoldConfirmation.class)
                        .outcome()));
    }

    private static boolean missing(ClientHttpResponse response) throws IOException {
        return response.getStatusCode().value() == 404;
    }

    private static <T> T body(RestClient.RequestHeadersSpec.ConvertibleClientHttpResponse response, Class<T> type)
            throws IOException {
        if (!response.getStatusCode().is2xxSuccessful()) {
            throw new DropAway("drop answered " + response.getStatusCode());
        }
        var body = response.bodyTo(type);
        if (body == null) {
            throw new DropAway("drop answered nothing");
        }
        return body;
    }

    private <T> T call(Supplier<@Nullable T> request) {
        try {
            if (!calls.tryAcquire(MAX_WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new DropAway("too many calls to drop are under way");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DropAway("interrupted before calling drop", e);
        }
        try {
            var answer = request.get();
            if (answer == null) {
                throw new DropAway("drop answered nothing");
            }
            return answer;
        } catch (RestClientException e) {
            throw new DropAway("drop does not answer", e);
        } finally {
            calls.release();
        }
    }
}
