package io.openrun.lab.explain;

import io.openrun.lab.strategies.LabStrategy;
import io.openrun.stock.HoldResult;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Plays a strategy's scenes on given engines, each in a schema of its own. */
final class Explanation {

    private static final AtomicInteger SCENES = new AtomicInteger();

    private final String jdbcUrl;
    private final String redisUrl;
    private final LuaPrograms programs = new LuaPrograms();

    Explanation(String jdbcUrl, String redisUrl) {
        this.jdbcUrl = jdbcUrl;
        this.redisUrl = redisUrl;
    }

    /** Plays one scene. */
    Outcome play(LabStrategy strategy, Scene scene) {
        List<Lane> lanes = scene.plot() == Scene.Plot.QUEUE
                ? List.of(new Lane("The writer, for both buyers"))
                : List.of(new Lane("Buyer A"), new Lane("Buyer B"));
        Script script = new Script();
        Stage.Wires wires = new Stage.Wires(jdbcUrl, redisUrl, programs, "explain_" + SCENES.incrementAndGet());
        try (RedisWitness redis = new RedisWitness(redisUrl);
                Stage stage = new Stage(strategy, scene, lanes, script, wires)) {
            List<HoldResult> answers = new Director(stage, script, lanes, redis).play(scene.plot());
            return new Outcome(scene, lanes, script.events(), script.programs(), answers, stage.audit());
        } catch (IOException e) {
            throw new ExplainException("Redis cannot be reached: " + e.getMessage(), e);
        }
    }
}
