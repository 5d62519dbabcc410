package io.openrun.drop.settlement;

import java.time.Duration;
import org.springframework.boot.kafka.autoconfigure.ConcurrentKafkaListenerContainerFactoryConfigurer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.FixedBackOff;

/** How this service reads the orders' topic: what fails for want of an engine is read again until it succeeds. */
@Configuration(proxyBeanMethods = false)
class OrderNewsConfiguration {

    static final String LISTENERS = "dropOrderListeners";

    private static final Duration PAUSE_AFTER_ERROR = Duration.ofSeconds(1);

    @Bean(LISTENERS)
    ConcurrentKafkaListenerContainerFactory<Object, Object> dropOrderListeners(
            ConcurrentKafkaListenerContainerFactoryConfigurer configurer, ConsumerFactory<Object, Object> consumers) {
        var factory = new ConcurrentKafkaListenerContainerFactory<Object, Object>();
        configurer.configure(factory, consumers);
        factory.setBatchListener(true);
        factory.setCommonErrorHandler(new DefaultErrorHandler(
                new FixedBackOff(PAUSE_AFTER_ERROR.toMillis(), FixedBackOff.UNLIMITED_ATTEMPTS)));
        return factory;
    }
}
