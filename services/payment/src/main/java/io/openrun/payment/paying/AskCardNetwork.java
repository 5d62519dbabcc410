package io.openrun.payment.paying;

import io.openrun.payment.card.CardAnswer;
import io.openrun.payment.card.CardNetwork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Asks the card network about a pending payment and records what it says; no answer leaves the payment pending. */
@Component
class AskCardNetwork {

    private static final Logger log = LoggerFactory.getLogger(AskCardNetwork.class);

    private final CardNetwork cards;
    private final SettlePayment settle;

    AskCardNetwork(CardNetwork cards, SettlePayment settle) {
        this.cards = cards;
        this.settle = settle;
    }

    /** Takes the money, or learns what became of an earlier request for it. */
    void chargeAndSettle(Payment payment) {
        record(payment, cards.charge(payment.id(), payment.amount()));
    }

    /** Gives up on money that was not taken before the order's hold ended, or learns that it was. */
    void forgoAndSettle(Payment payment) {
        record(payment, cards.forgo(payment.id(), payment.amount()));
    }

    private void record(Payment payment, CardAnswer answer) {
        switch (answer) {
            case CardAnswer.Approved approved -> settle.succeed(payment.id());
            case CardAnswer.Declined declined -> settle.fail(payment.id(), declined.code());
            case CardAnswer.Unanswered unanswered ->
                log.info("payment {} stays pending: the card network has not answered", payment.id());
        }
    }
}
