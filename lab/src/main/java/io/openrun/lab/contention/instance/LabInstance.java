package io.openrun.lab.contention.instance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * The main class of a selling process: reads instructions from its input, one a line, and answers each on its output.
 * It ends when its input ends, however whoever started it ended.
 */
public final class LabInstance {

    private static final Logger log = LoggerFactory.getLogger(LabInstance.class);

    private LabInstance() {}

    /** Follows instructions until there are no more. */
    public static void main(String[] args) throws InterruptedException {
        PrintStream out = System.out;
        // Whatever a library prints must not be taken for an answer.
        System.setOut(System.err);
        JsonMapper json = Wire.mapper();
        BlockingQueue<String> instructions = new LinkedBlockingQueue<>();
        Thread.ofPlatform().name("instructions").daemon().start(() -> hear(instructions));
        @Nullable InstanceDesk desk = null;
        while (true) {
            Instruction instruction = json.readValue(instructions.take(), Instruction.class);
            Reply reply;
            try {
                if (desk == null) {
                    desk = new InstanceDesk((Instruction.Join) instruction);
                    reply = new Reply.Done();
                } else {
                    reply = desk.follow(instruction);
                }
            } catch (SQLException | RuntimeException e) {
                log.error("could not follow {}", instruction.getClass().getSimpleName(), e);
                reply = new Reply.Failed(String.valueOf(e.getMessage()));
            }
            out.println(json.writeValueAsString(reply));
            out.flush();
        }
    }

    /** Nothing is saved at the end: the database rolls back what was under way. */
    private static void hear(BlockingQueue<String> instructions) {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                instructions.add(line);
            }
        } catch (IOException e) {
            log.debug("the input broke, which is its end", e);
        }
        Runtime.getRuntime().halt(0);
    }
}
