package io.vedette.standalone;

import io.vedette.standalone.customer.Clients;
import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import software.amazon.awssdk.services.lookoutvision.model.ModelStatus;

/** Photographs as a line takes them: 1280×960 pixels of brushed metal, as JPEG of some 500 KB. */
final class LargePhotographs {
    static final int WIDTH = 1280;
    static final int HEIGHT = 960;
    private static final int NORMAL = 20;
    private static final int ANOMALOUS = 12;
    private static final float QUALITY = 0.92f;

    private LargePhotographs() {}

    /** A project with one hosted model of such photographs. */
    static HostedProject hosted(Clients clients, boolean masks) {
        Customer customer = new Customer(
                clients.vision(),
                clients.s3(),
                masks ? "Segmentation" : "Classification",
                masks ? "large-s" : "large-c",
                null);
        customer.s3().createBucket(request -> request.bucket(customer.bucket()));
        Workshop workshop = Workshop.open(customer);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < NORMAL + ANOMALOUS; i++) {
            boolean defective = i >= NORMAL;
            workshop.put(i + ".jpg", jpeg(i, defective));
            String line = HostedProject.manifestLine(customer.bucket(), i + ".jpg", defective);
            if (defective && masks) {
                workshop.put(i + ".png", BrushedMetal.png(mask(i)));
                line = HostedProject.masked(line, workshop.address(i + ".png"));
            }
            lines.add(line);
        }
        workshop.dataset("train", lines);
        workshop.askForModel();
        workshop.trained(HostedProject.HOSTED);
        HostedProject project = new HostedProject(clients.vision(), clients.s3(), customer.project());
        project.start(HostedProject.HOSTED);
        project.await(HostedProject.HOSTED, ModelStatus.HOSTED);
        return project;
    }

    static byte[] jpeg(int number, boolean defective) {
        return jpeg(image(number, defective));
    }

    static BufferedImage image(int number, boolean defective) {
        Random random = new Random(number);
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < HEIGHT; y++) {
            int row = 130 + random.nextInt(40);
            for (int x = 0; x < WIDTH; x++) {
                int grey = row + random.nextInt(26);
                image.setRGB(x, y, grey << 16 | grey << 8 | grey + 4);
            }
        }
        if (defective) {
            draw(image, number, 0x301810);
        }
        return image;
    }

    /** White but for the stain that {@link #image} of the same number has. */
    static BufferedImage mask(int number) {
        BufferedImage mask = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = mask.createGraphics();
        graphics.setColor(java.awt.Color.WHITE);
        graphics.fillRect(0, 0, WIDTH, HEIGHT);
        graphics.dispose();
        draw(mask, number, BrushedMetal.STAIN.getRGB());
        return mask;
    }

    private static void draw(BufferedImage image, int number, int rgb) {
        Random random = new Random(number);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(new java.awt.Color(rgb));
        graphics.fillOval(100 + random.nextInt(800), 100 + random.nextInt(500), 220, 180);
        graphics.setStroke(new BasicStroke(28));
        int x = 100 + random.nextInt(800);
        int y = 100 + random.nextInt(500);
        graphics.drawLine(x, y, x + 240, y + 190);
        graphics.dispose();
    }

    private static byte[] jpeg(BufferedImage image) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam settings = writer.getDefaultWriteParam();
        settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        settings.setCompressionQuality(QUALITY);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), settings);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
