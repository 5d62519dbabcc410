package io.openrun.lab.bench;

import io.openrun.engines.ShopPlan;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The bare server in a JVM of its own, with the shop's JVM flags. */
final class BareProcess implements AutoCloseable {

    private final Process process;
    private final InetSocketAddress address;

    private BareProcess(Process process, InetSocketAddress address) {
        this.process = process;
        this.address = address;
    }

    static BareProcess start(FixedAnswer answer, Path folder) throws IOException {
        Path file = folder.resolve("bare-" + answer.status());
        answer.write(file);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ShopPlan.JVM_OPTIONS);
        command.add("-Dlogback.configurationFile=bare-logback.xml");
        command.addAll(
                List.of("-cp", System.getProperty("java.class.path"), BareServer.class.getName(), file.toString()));
        Process process = new ProcessBuilder(command)
                .redirectError(
                        folder.resolve("bare-" + answer.status() + ".log").toFile())
                .start();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(BareServer.READY)) {
                int port = Integer.parseInt(line.substring(BareServer.READY.length()));
                return new BareProcess(process, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            }
        }
        process.destroyForcibly();
        throw new IOException("the bare server did not start; see " + folder);
    }

    InetSocketAddress address() {
        return address;
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroy();
    }
}
