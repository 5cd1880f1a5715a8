package io.vedette.standalone.stack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A Java process of ours, in a session of its own so that Ctrl-C reaches only the launcher. */
final class JavaCommand {
    private JavaCommand() {}

    /** A main class from the launcher's own class path. */
    static ProcessBuilder mainClass(List<String> flags, Class<?> main, String... arguments) {
        List<String> words = java(flags);
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        words.addAll(List.of(arguments));
        return new ProcessBuilder(words);
    }

    static ProcessBuilder jar(List<String> flags, Path jar) {
        List<String> words = java(flags);
        words.addAll(List.of("-jar", jar.toString()));
        return new ProcessBuilder(words);
    }

    private static List<String> java(List<String> flags) {
        List<String> words = new ArrayList<>(Sessions.ownSession());
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(List.of("-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", "-Djava.awt.headless=true"));
        words.addAll(flags);
        return words;
    }
}
