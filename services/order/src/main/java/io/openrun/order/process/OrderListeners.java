package io.openrun.order.process;

import java.time.Duration;
import org.springframework.boot.kafka.autoconfigure.ConcurrentKafkaListenerContainerFactoryConfigurer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * How the order process reads Kafka: in batches, and a batch that fails is read again until it succeeds, after
 * {@link #FIRST_PAUSE} first and {@link #LONGEST_PAUSE} in the end. What fails here is a database or a drop that is
 * away; records that can never succeed have been left out before.
 */
@Configuration(proxyBeanMethods = false)
class OrderListeners {

    static final String FACTORY = "orderListeners";

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    @Bean(FACTORY)
    ConcurrentKafkaListenerContainerFactory<Object, Object> orderListeners(
            ConcurrentKafkaListenerContainerFactoryConfigurer configurer, ConsumerFactory<Object, Object> consumers) {
        var factory = new ConcurrentKafkaListenerContainerFactory<>();
        configurer.configure(factory, consumers);
        factory.setBatchListener(true);
        var pauses = new ExponentialBackOff(FIRST_PAUSE.toMillis(), 2);
        pauses.setMaxInterval(LONGEST_PAUSE.toMillis());
        factory.setCommonErrorHandler(new DefaultErrorHandler(pauses));
        return factory;
    }
}
