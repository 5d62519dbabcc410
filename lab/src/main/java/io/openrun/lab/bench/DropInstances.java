package io.openrun.lab.bench;

import io.openrun.engines.ShopProcess;
import io.openrun.lab.load.LoadClient;
import io.openrun.lab.load.Requests;
import io.openrun.lab.load.Run;
import io.openrun.lab.load.Tally;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Processes of the drop service alone, on the engines of the shop under measurement: one or two of them sell the same
 * stocks, to the same crowd over the same number of connections. Started when first needed.
 */
final class DropInstances implements AutoCloseable {

    private final BenchShop shop;
    private final List<ShopProcess> started = new ArrayList<>();

    DropInstances(BenchShop shop) {
        this.shop = shop;
    }

    /** Sales through so many of them. */
    Contender of(int count) {
        return measured -> run(instances(count), measured);
    }

    private List<ShopProcess> instances(int count) throws IOException {
        while (started.size() < count) {
            started.add(shop.startDropService("drop-" + (started.size() + 1)));
        }
        return started.subList(0, count);
    }

    private Sample run(List<ShopProcess> instances, Duration measured)
            throws IOException, SQLException, InterruptedException {
        List<String> drops = shop.openDrops(HttpRun.whole(measured), null);
        AuditedSale sale = AuditedSale.begin(shop, drops);
        Map<String, Long> pids = new LinkedHashMap<>(shop.pids());
        instances.forEach(instance -> pids.put("instance " + (pids.size() - 1), instance.pid()));
        Machine machine = Machine.watch(pids);
        long from = System.nanoTime() + Duration.ofSeconds(1).toNanos();
        Tally tally = new Tally(from, from + measured.toNanos());
        List<String> faults = load(instances, shop.purchases(drops), measured, tally);
        return sale.end(new HttpRun(tally, machine.usage(), faults));
    }

    /** The generator's threads and connections are shared out evenly. */
    private static List<String> load(List<ShopProcess> instances, Requests all, Duration measured, Tally tally)
            throws IOException, InterruptedException {
        int parts = instances.size();
        List<LoadClient> clients = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(parts)) {
            for (ShopProcess instance : instances) {
                clients.add(LoadClient.open(
                        BenchShop.laneOf(instance), Bench.MANY_CONNECTIONS / parts, HttpRun.THREADS / parts));
            }
            List<Future<Boolean>> ends = new ArrayList<>();
            for (int part = 0; part < parts; part++) {
                LoadClient client = clients.get(part);
                Requests share = new Share(all, part, parts);
                ends.add(threads.submit(
                        () -> client.run(Run.closedLoop(share, HttpRun.whole(measured)), tally::forOneThread)
                                        .sent()
                                < share.count()));
            }
            List<String> faults = new ArrayList<>();
            for (Future<Boolean> end : ends) {
                if (!end.get()) {
                    faults.add("the requests ran out before the time");
                }
            }
            return faults;
        } catch (ExecutionException e) {
            throw new IOException("the load on several instances failed", e);
        } finally {
            for (LoadClient client : clients) {
                client.close();
            }
        }
    }

    @Override
    public void close() {
        started.forEach(ShopProcess::close);
    }

    /** Every so manieth request. */
    private record Share(Requests all, int part, int parts) implements Requests {

        @Override
        public int count() {
            return all.count() / parts;
        }

        @Override
        public void encode(int request, ByteBuffer out) {
            all.encode(request * parts + part, out);
        }
    }
}
