package io.vedette.standalone;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vedette.standalone.customer.Clients;
import io.vedette.standalone.customer.Extensions;
import io.vedette.standalone.stack.Home;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.http.SdkHttpMethod;

/** {@code ./vedette keys}: the access keys of the running stack. */
@Command(
        name = "keys",
        description = "List, make, switch and delete access keys and accounts (docs/security.md).",
        synopsisSubcommandLabel = "COMMAND")
final class KeysCommand implements Runnable {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do with the keys: a command is missing.");
    }

    @Command(name = "list", description = "List the keys of all accounts; secrets are never shown again.")
    int list() {
        PrintWriter out = out();
        out.printf("%-22s %-14s %-20s %-9s %s%n", "KEY", "ACCOUNT", "NAME", "STATUS", "POLICIES");
        for (JsonNode key : call(SdkHttpMethod.GET, "access-keys", null).path("AccessKeys")) {
            out.printf(
                    "%-22s %-14s %-20s %-9s %s%n",
                    key.path("AccessKeyId").asText(),
                    key.path("Account").asText(),
                    key.path("Name").asText(),
                    key.path("Status").asText(),
                    key.path("Root").asBoolean() ? "(everything)" : policies(key.path("Policies")));
        }
        out.flush();
        return 0;
    }

    @Command(name = "create", description = "Make a key and show its secret, this once.")
    int create(
            @Option(names = "--name", required = true, description = "who or what will use it") String name,
            @Option(names = "--account", description = "twelve digits; the stack's first account if not given")
                    String account,
            @Option(
                            names = "--policy",
                            paramLabel = "POLICY",
                            defaultValue = "AmazonLookoutVisionFullAccess",
                            description = "a managed policy's name, or a file with a policy in IAM's JSON;"
                                    + " may be given more than once (default: ${DEFAULT-VALUE})")
                    List<String> policies,
            @Option(names = "--hours", description = "temporary credentials for so long, 1 to 36; else a lasting key")
                    Integer hours)
            throws IOException {
        ObjectNode request = JSON.createObjectNode().put("Name", name);
        if (account != null) {
            request.put("Account", account);
        }
        if (hours != null) {
            request.put("DurationSeconds", hours * 3600);
        }
        ArrayNode documents = request.putArray("Policies");
        for (String policy : policies) {
            documents.add(policy(policy));
        }
        JsonNode made = call(SdkHttpMethod.POST, "access-keys", request);
        PrintWriter out = out();
        out.println("[" + name + "]");
        out.println("aws_access_key_id = " + made.at("/AccessKey/AccessKeyId").asText());
        out.println("aws_secret_access_key = " + made.path("SecretAccessKey").asText());
        if (made.has("SessionToken")) {
            out.println("aws_session_token = " + made.path("SessionToken").asText());
        }
        out.flush();
        return 0;
    }

    @Command(name = "deactivate", description = "Refuse a key's calls until it is activated again.")
    int deactivate(@Parameters(paramLabel = "KEY") String id) {
        return status(id, "Inactive");
    }

    @Command(name = "activate", description = "Let a key call again.")
    int activate(@Parameters(paramLabel = "KEY") String id) {
        return status(id, "Active");
    }

    @Command(name = "delete", description = "Delete a key.")
    int delete(@Parameters(paramLabel = "KEY") String id) {
        call(SdkHttpMethod.DELETE, "access-keys/" + checked(id), null);
        return said("Deleted " + id + ".");
    }

    @Command(name = "account", description = "Make an account, or set what it may name and use.")
    int account(
            @Parameters(paramLabel = "ACCOUNT", description = "twelve digits") String account,
            @Option(names = "--name", required = true) String name,
            @Option(
                            names = "--bucket",
                            paramLabel = "BUCKET",
                            split = ",",
                            description = "the only buckets it may name; any if not given")
                    List<String> buckets,
            @Option(names = "--trainings", description = "at a time; 0 for no limit") Integer trainings,
            @Option(names = "--rate", description = "requests a second for each operation; 0 for no limit")
                    Integer rate) {
        ObjectNode request = JSON.createObjectNode().put("Name", name);
        if (buckets != null) {
            request.set("Buckets", JSON.valueToTree(buckets));
        }
        request.put("ConcurrentTrainings", trainings);
        request.put("RequestsPerSecond", rate);
        call(SdkHttpMethod.PUT, "accounts/" + checked(account), request);
        return said("Account " + account + " is set.");
    }

    private int status(String id, String status) {
        call(
                SdkHttpMethod.PATCH,
                "access-keys/" + checked(id),
                JSON.createObjectNode().put("Status", status));
        return said(id + " is " + status + ".");
    }

    private int said(String sentence) {
        out().println(sentence);
        out().flush();
        return 0;
    }

    private JsonNode policy(String nameOrFile) throws IOException {
        Path file = Path.of(nameOrFile);
        if (Files.notExists(file)) {
            return JSON.getNodeFactory().textNode(nameOrFile);
        }
        try {
            return JSON.readTree(Files.readString(file));
        } catch (JsonProcessingException notJson) {
            throw new ParameterException(spec.commandLine(), file + " is not JSON.");
        }
    }

    // What goes into a path must not be able to lead it elsewhere.
    private String checked(String id) {
        if (!id.matches("[A-Za-z0-9]{1,128}")) {
            throw new ParameterException(spec.commandLine(), "\"" + id + "\" is no key and no account.");
        }
        return id;
    }

    private static String policies(JsonNode policies) {
        List<String> names = new ArrayList<>();
        policies.forEach(policy -> names.add(policy.isTextual() ? policy.textValue() : "(its own)"));
        return String.join(", ", names);
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private static JsonNode call(SdkHttpMethod method, String path, JsonNode body) {
        Home home = Home.fromEnvironment(System.getenv());
        try (Clients clients = StackForRun.clients(home);
                Extensions extensions = new Extensions(clients.vision())) {
            return extensions.call(method, path, body);
        }
    }
}
