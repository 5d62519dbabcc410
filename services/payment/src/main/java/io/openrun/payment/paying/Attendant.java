package io.openrun.payment.paying;

import io.openrun.platform.chores.Rounds;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Calls {@link AttendPayments} now and then, and at once when it is woken, while the service runs. */
@Configuration(proxyBeanMethods = false)
class Attendant {

    static final String NAME = "paymentAttendant";

    @Bean(NAME)
    Rounds paymentAttendant(AttendPayments attend, PayingSettings settings) {
        return new Rounds("payment-attendant", settings.attendEvery(), attend::attendSome);
    }
}
