package io.openrun.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.openrun.user.account.PasswordHashing;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/** Hashing passwords is dear: a crowd waits for its turn, a bounded number of them. */
@OnRealEngines
@Import(Shop.class)
class PasswordCrowdTest {

    private static final int TURNS = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    private static final int WAITING = 200;

    @Autowired
    private Shop shop;

    @Autowired
    private PasswordHashing hashing;

    private final String email = UUID.randomUUID() + "@example.org";

    @Test
    void turnsAwayAtOnceWhoeverWouldWaitTooLongAndCountsNoFailure() throws Exception {
        shop.member(email);
        var over = new CountDownLatch(1);
        var oneTooMany = new CountDownLatch(1);
        var crowd = new ArrayList<Future<Boolean>>();
        try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
            try {
                for (int i = 0; i < TURNS + WAITING + 1; i++) {
                    crowd.add(people.submit(() -> hashing.inTurn(turn -> waitFor(over), () -> {
                        oneTooMany.countDown();
                        return false;
                    })));
                }
                assertThat(oneTooMany.await(4, TimeUnit.SECONDS)).isTrue();

                for (int i = 0; i < 11; i++) {
                    isBusy(shop.signIn(email, "wrong password"));
                }
                isBusy(shop.signUp(UUID.randomUUID() + "@example.org"));
            } finally {
                over.countDown();
            }
        }

        for (var one : crowd) {
            one.get();
        }
        await().until(() -> shop.signIn(email, Shop.PASSWORD).status() == 201);
    }

    private static void isBusy(Shop.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(503);
        assertThat(answer.response().headers().firstValue("Retry-After")).hasValue("2");
    }

    private static boolean waitFor(CountDownLatch latch) {
        try {
            return latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
