package io.vedette.standalone;

import io.vedette.standalone.stack.Home;
import io.vedette.standalone.stack.Ports;
import io.vedette.standalone.stack.Stack;
import io.vedette.standalone.stack.StackLayout;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The stack of the project that this launcher was built in. */
final class LocalStack {
    private LocalStack() {}

    /** A stack whose parts do not run yet. */
    static Stack open(Home home, Ports ports, List<String> only, PrintWriter out) {
        StackLayout layout = StackLayout.of(home, ports, software(), Map.of());
        return Stack.open(layout, only, notice -> {
            out.println(notice);
            out.flush();
        });
    }

    /** The project's root: the launcher script says where it is. */
    static Path software() {
        return Path.of(System.getProperty("vedette.root", ".")).toAbsolutePath().normalize();
    }

    /** A path as a person in this folder would write it. */
    static String shown(Path path) {
        Path here = Path.of("").toAbsolutePath();
        return path.startsWith(here) ? here.relativize(path).toString() : path.toString();
    }
}
