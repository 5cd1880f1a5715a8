package io.vedette.standalone.stack;

import java.util.List;

/** One of our services: the jar it comes from and the memory it may have. */
enum Service {
    API("api", "api-service", true, List.of("-Xmx384m", "-XX:MaxDirectMemorySize=128m")),
    TRAINER("trainer", "trainer-worker", false, List.of("-Xmx768m", "-XX:MaxDirectMemorySize=512m")),
    EVALUATOR("evaluator", "evaluator-worker", true, List.of("-Xmx512m", "-XX:MaxDirectMemorySize=512m")),
    INFERENCE("inference", "inference-service", false, List.of("-Xmx768m", "-XX:MaxDirectMemorySize=512m"));

    private final String part;
    private final String module;
    private final boolean usesPostgres;
    private final List<String> memory;

    Service(String part, String module, boolean usesPostgres, List<String> memory) {
        this.part = part;
        this.module = module;
        this.usesPostgres = usesPostgres;
        this.memory = memory;
    }

    String part() {
        return part;
    }

    String module() {
        return module;
    }

    /** Only these are given the database's password. */
    boolean usesPostgres() {
        return usesPostgres;
    }

    List<String> memory() {
        return memory;
    }
}
