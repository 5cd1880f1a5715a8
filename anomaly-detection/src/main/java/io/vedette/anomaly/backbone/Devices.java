package io.vedette.anomaly.backbone;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.LibUtils;
import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The processor that PyTorch computes on, by the name that operators give it: {@code cpu}, {@code gpu}, {@code gpu:1}, {@code
 * auto}. After a slash it may say how many bytes of a GPU's memory a pass through the network is planned with.
 */
public final class Devices {
    private static final System.Logger LOG = System.getLogger(Devices.class.getName());
    private static final Pattern NAME = Pattern.compile("(cpu|auto|gpu(?::[0-9]{1,3})?)(?:/([0-9]{1,18}))?");
    private static final Set<String> SAID = ConcurrentHashMap.newKeySet();

    private Devices() {}

    /**
     * Whether a service may start: a GPU that is asked for by name must be there. Starts PyTorch to find out, and only then.
     *
     * @throws IllegalArgumentException if it is not there, or if there can be no such device, with a sentence for people
     */
    public static void require(int threads, String name) {
        if (parsed(name).group(1).startsWith("gpu")) {
            named(PyTorch.start(threads), name);
        }
    }

    /** As {@link #require}; which device it is becomes a line in the log, once for each name. */
    static Device named(Engine engine, String place) {
        Matcher parsed = parsed(place);
        String name = parsed.group(1);
        int present = name.equals("cpu") ? 0 : count(engine);
        Device device = device(name, present);
        if (SAID.add(place)) {
            String memory = parsed.group(2) == null ? "" : ", planning passes with " + parsed.group(2) + " bytes";
            String chosen = device.isGpu()
                    ? "computing on GPU " + device.getDeviceId() + " of " + present + memory
                    : "computing on the CPU" + (name.equals("auto") ? ": PyTorch sees no GPU" : "");
            LOG.log(Level.INFO, chosen + " (vedette.device=" + name + ")");
        }
        return device;
    }

    /** How much of a GPU's memory a pass may be planned with, in bytes; without a limit {@link Long#MAX_VALUE}. */
    static long memory(String place) {
        String bytes = parsed(place).group(2);
        return bytes == null ? Long.MAX_VALUE : Long.parseLong(bytes);
    }

    private static Matcher parsed(String place) {
        Matcher parsed = NAME.matcher(place);
        if (!parsed.matches()) {
            throw new IllegalArgumentException("vedette.device is cpu, gpu, gpu:NUMBER or auto, not " + place + ".");
        }
        return parsed;
    }

    /** @param present how many GPUs there are */
    static Device device(String name, int present) {
        if (name.equals("cpu") || name.equals("auto") && present == 0) {
            return Device.cpu();
        }
        if (present == 0) {
            throw new IllegalArgumentException(
                    "vedette.device is " + name + ", but PyTorch sees no GPU. Start it with its"
                            + " natives for CUDA where a GPU is, or set vedette.device to auto or cpu.");
        }
        int number = name.contains(":") ? Integer.parseInt(name.substring(name.indexOf(':') + 1)) : 0;
        if (number >= present) {
            throw new IllegalArgumentException("vedette.device is " + name + ", but PyTorch sees " + present
                    + (present == 1 ? " GPU: gpu:0." : " GPUs: gpu:0 to gpu:" + (present - 1) + "."));
        }
        return Device.gpu(number);
    }

    private static int count(Engine engine) {
        if (engine.hasCapability("CUDA")) {
            offerCudart(Path.of(LibUtils.getLibtorchPath()));
        }
        return engine.getGpuCount();
    }

    /** DJL counts the GPUs with CUDA's runtime, and looks for it under a name that it does not have among DJL's own natives. */
    private static void offerCudart(Path natives) {
        Path plain = natives.resolve("libcudart.so");
        try (DirectoryStream<Path> runtimes = Files.newDirectoryStream(natives, "libcudart-*.so*")) {
            for (Path runtime : runtimes) {
                if (Files.notExists(plain)) {
                    Files.createSymbolicLink(plain, runtime.getFileName());
                }
            }
        } catch (IOException readOnly) {
            LOG.log(Level.WARNING, "no GPU will be seen: {0} cannot be made", plain);
        }
        NativeLibrary.addSearchPath("cudart", natives.toString());
    }
}
