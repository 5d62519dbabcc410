package io.openrun.payment.paying;

import io.openrun.contracts.OrderView;
import io.openrun.platform.calls.ServiceCalls;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/** The orders, as the order service tells of them over HTTP. */
@Component
class Orders {

    private static final Logger log = LoggerFactory.getLogger(Orders.class);

    private final RestClient orderService;

    Orders(ServiceCalls calls, @Value("${openrun.services.order}") String baseUrl) {
        this.orderService = calls.to("order", baseUrl);
    }

    /** Asks for an order; never inside a transaction. */
    OrderLookup find(UUID orderId) {
        try {
            var order = orderService
                    .get()
                    .uri("/internal/orders/{id}", orderId)
                    .retrieve()
                    .body(OrderView.class);
            return order == null ? new OrderLookup.Away() : new OrderLookup.Found(order);
        } catch (HttpClientErrorException.NotFound e) {
            return new OrderLookup.Missing();
        } catch (RestClientException e) {
            log.warn("order {} cannot be looked up: {}", orderId, e.toString());
            return new OrderLookup.Away();
        }
    }
}
