package io.vedette.inference;

import io.quarkus.logging.Log;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.StartupEvent;
import io.vedette.anomaly.IncompatibleModel;
import io.vedette.anomaly.TrainedModel;
import io.vedette.anomaly.backbone.Devices;
import io.vedette.common.dataset.DefectClass;
import io.vedette.runtime.BackboneFile;
import io.vedette.runtime.DownloadedArtifact;
import io.vedette.runtime.ObjectStore;
import io.vedette.runtime.ObjectStoreException;
import io.vedette.runtime.ScoringSettings;
import io.vedette.runtime.Scratch;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Brings models from S3 into memory. */
@Singleton
final class ModelFiles {
    private final ObjectStore store;
    private final ScoringSettings scoring;
    private final InferenceSettings settings;

    ModelFiles(ObjectStore store, ScoringSettings scoring, InferenceSettings settings) {
        this.store = store;
        this.scoring = scoring;
        this.settings = settings;
    }

    void start(@Observes StartupEvent started) {
        Scratch.sweep(settings.scratch());
        try {
            Devices.require(scoring.threadCount(), scoring.place());
        } catch (IllegalArgumentException missing) {
            Log.error(missing.getMessage());
            Quarkus.asyncExit(1);
            return;
        }
        Thread thread = new Thread(this::warmUp, "warm-up");
        thread.setDaemon(true);
        thread.start();
    }

    private void warmUp() {
        try {
            TrainedModel.warmUp(scoring.threadCount(), scoring.place());
        } catch (RuntimeException | LinkageError broken) {
            Log.error("PyTorch does not start, so no model can be loaded", broken);
            Quarkus.asyncExit(1);
        }
    }

    /**
     * @throws UnusableModel if trying again would not help
     * @throws ObjectStoreException.Unavailable if the store does not answer
     */
    LoadedModel load(ModelKey key) {
        long start = System.nanoTime();
        try (Scratch scratch = Scratch.open(settings.scratch())) {
            DownloadedArtifact artifact =
                    DownloadedArtifact.fetch(store, key.address(), scratch.directory(), DownloadedArtifact.Steps.PLAIN);
            LoadedModel loaded = read(artifact);
            Log.infof(
                    "loaded artifact=%s bytes=%d seconds=%.1f",
                    key.artifact(), loaded.bytes(), (System.nanoTime() - start) / 1e9);
            return loaded;
        } catch (IncompatibleModel | DownloadedArtifact.Damaged wrong) {
            throw new UnusableModel(wrong.getMessage(), wrong);
        } catch (ObjectStoreException failure) {
            if (failure.isCallersFault()) {
                throw new UnusableModel("The model's files cannot be read: " + failure.getMessage(), failure);
            }
            throw failure;
        } catch (IOException failure) {
            throw new UnusableModel("The model's files cannot be read.", failure);
        }
    }

    /** A network of the operator's own lies outside the artifact; its file counts for what it takes of the memory. */
    private LoadedModel read(DownloadedArtifact artifact) throws IOException {
        Path files = artifact.directory();
        TrainedModel model;
        long network;
        if (BackboneFile.isMeant(scoring.backbone()) && !TrainedModel.isOnBuiltIn(files)) {
            Path own = Files.createDirectory(files.resolve("backbone"));
            String backbone = BackboneFile.fetched(scoring.backbone(), own, store);
            model = TrainedModel.read(files, scoring.threadCount(), scoring.place(), backbone);
            network = Files.size(Path.of(backbone));
        } else {
            model = TrainedModel.read(files, scoring.threadCount(), scoring.place());
            network = settings.networkBytes().asLongValue();
        }
        return new LoadedModel(model, colors(artifact, model), 2 * artifact.bytes() + network);
    }

    private static List<DefectClass> colors(DownloadedArtifact artifact, TrainedModel model) throws IOException {
        List<DefectClass> colors = artifact.colors();
        List<String> names = colors.stream().map(DefectClass::name).toList();
        if (!names.equals(model.defects())) {
            model.close();
            throw new UnusableModel("The model finds " + model.defects() + " but has colours for " + names + ".", null);
        }
        return colors;
    }
}
