package io.openrun.payment.paying;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.config.ContainerPostProcessor;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.ExponentialBackOff;

/** How this service listens: an event that cannot be recorded now is tried again until it can, never skipped. */
@Configuration(proxyBeanMethods = false)
class ListenerConfiguration {

    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;

    @Bean
    ContainerPostProcessor<String, byte[], AbstractMessageListenerContainer<String, byte[]>>
            paymentListenerKeepsTrying() {
        var pauses = new ExponentialBackOff(FIRST_PAUSE_MILLIS, 2);
        pauses.setMaxInterval(LONGEST_PAUSE_MILLIS);
        return container -> container.setCommonErrorHandler(new DefaultErrorHandler(pauses));
    }
}
