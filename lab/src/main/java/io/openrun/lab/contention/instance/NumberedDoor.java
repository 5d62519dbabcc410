package io.openrun.lab.contention.instance;

import java.util.concurrent.locks.ReentrantLock;

/** The door of a till. Its lock makes the order of arrival the order in which the till is asked. */
final class NumberedDoor implements Door {

    private final Till till;
    private final ReentrantLock lock = new ReentrantLock();
    private long arrivals;

    NumberedDoor(Till till) {
        this.till = till;
    }

    @Override
    public void enter(Purchase purchase, Visitor visitor) {
        lock.lock();
        try {
            long arrival = arrivals++;
            till.sell(purchase, receipt -> visitor.told(receipt, arrival));
        } finally {
            lock.unlock();
        }
    }
}
