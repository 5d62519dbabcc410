package io.openrun.payment.paying;

import io.openrun.payment.card.CardNetwork;
import io.openrun.payment.card.RefundAnswer;
import io.openrun.payment.points.Wallets;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Gives the money of a payment back to where it came from, once. */
@Component
class RefundPayment {

    private final CardNetwork cards;
    private final Wallets wallets;
    private final SettlePayment settle;
    private final TransactionOperations transaction;

    RefundPayment(CardNetwork cards, Wallets wallets, SettlePayment settle, TransactionOperations transaction) {
        this.cards = cards;
        this.wallets = wallets;
        this.settle = settle;
        this.transaction = transaction;
    }

    void refund(Payment payment) {
        switch (payment.method()) {
            case POINTS ->
                transaction.executeWithoutResult(status -> {
                    if (settle.refund(payment.id())) {
                        wallets.giveBack(payment.userId(), payment.id(), payment.amount());
                    }
                });
            case CARD -> {
                if (cards.refund(payment.id()) == RefundAnswer.REFUNDED) {
                    settle.refund(payment.id());
                }
            }
        }
    }
}
