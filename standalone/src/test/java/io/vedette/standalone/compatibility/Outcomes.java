package io.vedette.standalone.compatibility;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** How each test method went, as Surefire has written it down; a method with several runs has several outcomes. */
record Outcomes(Map<String, List<Outcome>> byMethod) {
    enum Outcome {
        PASSED,
        FAILED,
        SKIPPED
    }

    /** @param modules folders with a {@code target/surefire-reports} */
    static Outcomes read(List<Path> modules) throws IOException {
        Map<String, List<Outcome>> outcomes = new HashMap<>();
        for (Path module : modules) {
            Path reports = module.resolve("target").resolve("surefire-reports");
            if (Files.isDirectory(reports)) {
                try (Stream<Path> files = Files.list(reports)) {
                    for (Path file : files.filter(Outcomes::isReport).toList()) {
                        add(file, outcomes);
                    }
                }
            }
        }
        return new Outcomes(outcomes);
    }

    List<Outcome> of(String className, String method) {
        return byMethod.getOrDefault(key(className, method), List.of());
    }

    private static boolean isReport(Path file) {
        return file.getFileName().toString().matches("TEST-.*\\.xml");
    }

    private static void add(Path file, Map<String, List<Outcome>> outcomes) throws IOException {
        NodeList cases = elements(file);
        for (int i = 0; i < cases.getLength(); i++) {
            Element each = (Element) cases.item(i);
            // theName(Type)[1] and the like: parameters and repetitions follow the method's own name
            String method = each.getAttribute("name").split("[^\\p{javaJavaIdentifierPart}]", 2)[0];
            outcomes.computeIfAbsent(key(each.getAttribute("classname"), method), key -> new ArrayList<>())
                    .add(outcome(each));
        }
    }

    private static NodeList elements(Path file) throws IOException {
        try {
            return DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(file.toFile())
                    .getElementsByTagName("testcase");
        } catch (ParserConfigurationException | SAXException malformed) {
            throw new IOException("not a report of tests: " + file, malformed);
        }
    }

    private static Outcome outcome(Element test) {
        if (test.getElementsByTagName("failure").getLength() > 0
                || test.getElementsByTagName("error").getLength() > 0) {
            return Outcome.FAILED;
        }
        return test.getElementsByTagName("skipped").getLength() > 0 ? Outcome.SKIPPED : Outcome.PASSED;
    }

    private static String key(String className, String method) {
        return className + "#" + method;
    }
}
