package io.openrun.payment.card;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.validation.Valid;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Lets a demonstration or a test change the card network's mood; for services only, and only in demo mode. */
@Hidden
@RestController
@RequestMapping("/internal/card-network")
@ConditionalOnProperty("openrun.demo")
class CardNetworkController {

    private final SimulatedCardNetwork network;

    CardNetworkController(SimulatedCardNetwork network) {
        this.network = network;
    }

    @GetMapping
    CardBehaviour behaviour() {
        return network.behaviour();
    }

    @PutMapping
    CardBehaviour behave(@Valid @RequestBody CardBehaviour behaviour) {
        network.behave(behaviour);
        return network.behaviour();
    }
}
