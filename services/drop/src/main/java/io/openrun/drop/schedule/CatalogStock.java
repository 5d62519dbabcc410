package io.openrun.drop.schedule;

import io.openrun.contracts.DropWindow;
import io.openrun.contracts.StockMove;
import io.openrun.platform.calls.ServiceCalls;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Products' stock and the drops products show, which belong to the catalog. Never called inside a transaction. */
@Component
class CatalogStock {

    private final RestClient catalog;
    private final JsonMapper json;

    CatalogStock(ServiceCalls calls, @Value("${openrun.services.catalog}") String catalogUrl, JsonMapper json) {
        this.catalog = calls.to("catalog", catalogUrl);
        this.json = json;
    }

    /** What became of a move. */
    sealed interface Result {

        /** It has happened, now or when it was asked for before. */
        record Moved(StockMove.Moved moved) implements Result {}

        /** The product has fewer units. Nothing moved. */
        record Insufficient(long remaining) implements Result {}

        /** There is no such product. Nothing moved. */
        record NoProduct() implements Result {}

        /** The catalog did not answer: it may or may not have happened. Asking again is safe. */
        record Unknown(String why) implements Result {}
    }

    /** Moves units, once per reference. */
    Result move(UUID productId, StockMove move) {
        try {
            return catalog.post()
                    .uri("/internal/products/{id}/stock-moves", productId)
                    .contentType(MediaType.APPLICATION_JSON)
                    .accept(MediaType.APPLICATION_JSON, MediaType.APPLICATION_PROBLEM_JSON)
                    .body(move)
                    .exchange((request, response) ->
                            read(response.getStatusCode(), response.getBody().readAllBytes()));
        } catch (RestClientException away) {
            return new Result.Unknown(away.toString());
        }
    }

    /** Tells until when a drop is on sale; false when the catalog did not answer. Telling it again is safe. */
    boolean tell(UUID productId, UUID dropId, DropWindow window) {
        try {
            return catalog.put()
                    .uri("/internal/products/{id}/drops/{dropId}", productId, dropId)
                    .contentType(MediaType.APPLICATION_JSON)
                    .accept(MediaType.APPLICATION_JSON, MediaType.APPLICATION_PROBLEM_JSON)
                    .body(window)
                    .exchange((request, response) -> response.getStatusCode().is2xxSuccessful());
        } catch (RestClientException away) {
            return false;
        }
    }

    private Result read(HttpStatusCode status, byte[] body) {
        if (status.is2xxSuccessful()) {
            return new Result.Moved(json.readValue(body, StockMove.Moved.class));
        }
        if (status.isSameCodeAs(HttpStatus.NOT_FOUND)) {
            return new Result.NoProduct();
        }
        if (status.isSameCodeAs(HttpStatus.CONFLICT)) {
            return new Result.Insufficient(remaining(json.readTree(body)));
        }
        return new Result.Unknown("the catalog answered " + status);
    }

    private static long remaining(JsonNode problem) {
        return problem.path("remaining").asLong(0);
    }
}
