package io.vedette.standalone.stack;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Prefixes of a command that put its process into a session or a user namespace of its own. Both keep the process id. */
final class Sessions {
    private Sessions() {}

    /** A terminal's Ctrl-C goes to every process of its foreground group; a child in its own session is stopped by us, in order. */
    static List<String> ownSession() {
        return find("setsid");
    }

    /** Postgres refuses to run as root; in a user namespace without a mapping it does not see that it is. */
    static List<String> withoutRoot() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return List.of();
        }
        List<String> unshare = find("unshare");
        if (unshare.isEmpty()) {
            throw new StackFailure(
                    "Postgres does not run as root, and the tool unshare (util-linux) that helps is missing:"
                            + " install it, or start Vedette as another user.");
        }
        return List.of(unshare.get(0), "--user");
    }

    private static List<String> find(String tool) {
        return Stream.of(System.getenv().getOrDefault("PATH", "/usr/bin:/bin").split(":"))
                .map(folder -> Path.of(folder, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .map(path -> List.of(path.toString()))
                .orElse(List.of());
    }
}
