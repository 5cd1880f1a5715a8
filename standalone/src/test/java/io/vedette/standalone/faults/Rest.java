package io.vedette.standalone.faults;

import io.vedette.standalone.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Whether a project has come to rest: nothing is under way, nothing is stuck (I12). */
record Rest(FaultStack stack, String project) {
    /** What is not at rest yet, or never will be. */
    List<String> troubles() {
        Database database = new Database(stack.layout());
        List<String> troubles = new ArrayList<>();
        database.rows(
                        "select version, status, phase from model where project_name = ?"
                                + " and status in ('TRAINING', 'DELETING', 'STARTING_HOSTING', 'STOPPING_HOSTING')",
                        project)
                .forEach(model -> troubles.add("a model is under way: " + model));
        database.rows(
                        "select run_id, kind, run.attempt from run join model using (model_id)"
                                + " where project_name = ? and state = 'RUNNING'",
                        project)
                .forEach(run -> troubles.add("a run goes on: " + run));
        database.rows(
                        "select batch_id, b.status, b.run_id from batch_detection b join model using (model_id)"
                                + " where project_name = ? and (b.status in ('QUEUED', 'IN_PROGRESS')"
                                + " or b.run_id is not null)",
                        project)
                .forEach(batch -> troubles.add("a batch is under way: " + batch));
        database.rows(
                        "select type, d.status from dataset d join project p using (project_id)"
                                + " where p.name = ? and (d.status like '%IN_PROGRESS' or exists"
                                + " (select 1 from dataset_import i where i.dataset_id = d.dataset_id))",
                        project)
                .forEach(dataset -> troubles.add("a data set is under way: " + dataset));
        database.rows(
                        "select id, type, key from outbox where published_at is null and (key like ? or key like ?"
                                + " or topic = 'vedette.run.control' and exists (select 1 from model"
                                + " where project_name = ? and position(model_id::text in data) > 0))",
                        "%/" + project + "/%",
                        "%/" + project,
                        project)
                .forEach(letter -> troubles.add("an event was not sent: " + letter));
        return troubles;
    }

    /** What is left in the stack as a whole, once all projects are at rest. */
    static List<String> leftovers(FaultStack stack) {
        Database database = new Database(stack.layout());
        Stream<String> unsent = database.rows("select id, type, key from outbox where published_at is null").stream()
                .map(letter -> "an event was not sent: " + letter);
        Stream<String> uploads =
                stack.clients().s3().listMultipartUploads(request -> request.bucket("vedette")).uploads().stream()
                        .map(upload -> "an upload was left: " + upload.key());
        Stream<String> unread =
                Stream.of(Lag.of(stack.kafka()), Lag.ofRunEvents(stack)).flatMap(List::stream);
        return Stream.of(unsent, uploads, unread, orphans(stack).stream())
                .flatMap(each -> each)
                .toList();
    }

    /** Training processes of this stack whose trainer is gone. */
    private static List<String> orphans(FaultStack stack) {
        List<Long> trainers = stack.running().parts().stream()
                .flatMap(part -> part.pid().stream())
                .toList();
        String home = stack.crashes().option();
        return ProcessHandle.allProcesses()
                .filter(process ->
                        arguments(process).contains(home) && arguments(process).contains("TrainingProcess"))
                .filter(process -> process.parent()
                        .map(ProcessHandle::pid)
                        .filter(trainers::contains)
                        .isEmpty())
                .map(process -> "a training process is left: " + process.pid())
                .toList();
    }

    private static String arguments(ProcessHandle process) {
        return process.info().commandLine().orElse("");
    }
}
