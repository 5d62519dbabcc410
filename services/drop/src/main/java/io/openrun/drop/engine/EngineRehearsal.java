package io.openrun.drop.engine;

import io.openrun.stock.StockAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Rehearses once the service is ready, beside its work: the first stampede should not meet a cold engine. */
@Component
class EngineRehearsal {

    private static final Logger log = LoggerFactory.getLogger(EngineRehearsal.class);

    private final DropEngine engine;

    EngineRehearsal(DropEngine engine) {
        this.engine = engine;
    }

    @EventListener(ApplicationReadyEvent.class)
    void rehearse() {
        Thread.ofPlatform().name("drop-rehearsal").daemon().start(() -> {
            try {
                engine.rehearse();
            } catch (StockAccessException e) {
                log.warn("the engine was not rehearsed: {}", e.getMessage());
            }
        });
    }
}
