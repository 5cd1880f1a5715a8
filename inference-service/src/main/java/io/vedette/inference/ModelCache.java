package io.vedette.inference;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The models in memory: each is loaded once, however many ask, and the one that was not asked for the longest goes first. */
@Singleton
final class ModelCache {
    private final ModelFiles files;
    private final InferenceSettings settings;
    private final Map<ModelKey, CompletableFuture<LoadedModel>> models = new LinkedHashMap<>(16, 0.75f, true);

    ModelCache(ModelFiles files, InferenceSettings settings, MeterRegistry meters) {
        this.files = files;
        this.settings = settings;
        meters.gauge("vedette.inference.models", this, ModelCache::count);
        meters.gauge("vedette.inference.model.bytes", this, ModelCache::bytes);
    }

    /** Loads it where it is not there, which may throw what {@link ModelFiles#load} throws. */
    LoadedModel get(ModelKey key) {
        CompletableFuture<LoadedModel> mine = new CompletableFuture<>();
        CompletableFuture<LoadedModel> present;
        synchronized (models) {
            present = models.putIfAbsent(key, mine);
        }
        if (present != null) {
            LoadedModel loaded = await(present);
            loaded.asked();
            return loaded;
        }
        try {
            LoadedModel loaded = files.load(key);
            mine.complete(loaded);
            makeRoom();
            return loaded;
        } catch (RuntimeException | Error failure) {
            synchronized (models) {
                models.remove(key, mine);
            }
            mine.completeExceptionally(failure);
            throw failure;
        }
    }

    /** Gives a model's memory back once nobody uses it. */
    void forget(ModelKey key) {
        CompletableFuture<LoadedModel> gone;
        synchronized (models) {
            gone = models.remove(key);
        }
        if (gone != null) {
            gone.thenAccept(LoadedModel::close);
            Log.infof("unloaded artifact=%s", key.artifact());
        }
    }

    /** Forgets those that nobody asked for this long. @return how many */
    int forgetIdle(Duration time) {
        List<ModelKey> idle;
        synchronized (models) {
            idle = models.entrySet().stream()
                    .filter(entry -> isLoaded(entry.getValue())
                            && entry.getValue().join().idleFor(time))
                    .map(Map.Entry::getKey)
                    .toList();
        }
        idle.forEach(this::forget);
        return idle.size();
    }

    @PreDestroy
    void close() {
        List<ModelKey> all;
        synchronized (models) {
            all = List.copyOf(models.keySet());
        }
        all.forEach(this::forget);
    }

    private void makeRoom() {
        List<ModelKey> surplus = new ArrayList<>();
        synchronized (models) {
            int count = models.size();
            long bytes = bytes();
            Iterator<Map.Entry<ModelKey, CompletableFuture<LoadedModel>>> oldestFirst =
                    models.entrySet().iterator();
            while (oldestFirst.hasNext()
                    && count > 1
                    && (count > settings.mostModels()
                            || bytes > settings.mostBytes().asLongValue())) {
                var oldest = oldestFirst.next();
                if (isLoaded(oldest.getValue())) {
                    surplus.add(oldest.getKey());
                    bytes -= oldest.getValue().join().bytes();
                    count--;
                }
            }
        }
        surplus.forEach(this::forget);
    }

    private static LoadedModel await(CompletableFuture<LoadedModel> loading) {
        try {
            return loading.join();
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
        }
    }

    private static boolean isLoaded(CompletableFuture<LoadedModel> loading) {
        return loading.isDone() && !loading.isCompletedExceptionally();
    }

    private int count() {
        synchronized (models) {
            return models.size();
        }
    }

    private long bytes() {
        synchronized (models) {
            return models.values().stream()
                    .filter(ModelCache::isLoaded)
                    .mapToLong(model -> model.join().bytes())
                    .sum();
        }
    }
}
