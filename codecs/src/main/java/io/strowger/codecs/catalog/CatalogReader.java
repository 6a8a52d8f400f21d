package io.strowger.codecs.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Reads the XML of the schema into descriptors. One use.
 */
final class CatalogReader {
    private static final String NO_DOCTYPE = "http://apache.org/xml/features/disallow-doctype-decl";
    private static final String HEADER = "[blockLength:uint16, templateId:uint16, schemaId:uint16, version:uint16]";
    private static final String TEXT = "[length:uint16, varData:uint8]";
    private static final String TIME = "nanos";

    private final Map<String, FieldType> types = new HashMap<>();
    private final Map<String, CodeList> codeLists = new HashMap<>();
    private final List<TemplateDescriptor> templates = new ArrayList<>();
    private final SignalCatalog catalog;

    CatalogReader(final InputStream xml) {
        final Element schema = parse(xml);
        for (final PrimitiveType primitive : PrimitiveType.values()) {
            final String name = primitive.name().toLowerCase(Locale.ROOT);
            types.put(name, new FieldType(name, FieldType.Kind.NUMBER, primitive, false, primitive.nullValue(), null));
        }
        for (final Element child : children(schema)) {
            switch (child.getLocalName()) {
                case "types" -> children(child).forEach(this::readType);
                case "message" -> templates.add(template(child));
                default -> throw new IllegalArgumentException("no element of a schema of signals: " + child.getNodeName());
            }
        }
        require("littleEndian".equals(schema.getAttribute("byteOrder")), "signals are little endian");
        catalog = new SignalCatalog(number(schema, "id", -1), number(schema, "version", -1), templates, codeLists);
    }

    SignalCatalog catalog() {
        return catalog;
    }

    private static Element parse(final InputStream xml) {
        try {
            final DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature(NO_DOCTYPE, true);
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
            final DocumentBuilder builder = factory.newDocumentBuilder();
            // the parser's own handler prints to stderr
            builder.setErrorHandler(new DefaultHandler());
            return builder.parse(xml).getDocumentElement();
        } catch (final ParserConfigurationException | SAXException | IOException e) {
            throw new IllegalArgumentException("the schema cannot be read: " + e.getMessage(), e);
        }
    }

    private void readType(final Element type) {
        final String name = type.getAttribute("name");
        switch (type.getLocalName()) {
            case "type" -> types.put(name, plainType(type));
            case "enum" -> readCodes(type, FieldType.Kind.ENUM);
            case "set" -> readCodes(type, FieldType.Kind.SET);
            case "composite" -> requireComposite(type);
            default -> throw new IllegalArgumentException("no type of a schema of signals: " + name);
        }
    }

    private static FieldType plainType(final Element type) {
        final String name = type.getAttribute("name");
        final PrimitiveType primitive = PrimitiveType.of(type.getAttribute("primitiveType"));
        final FieldType.Kind kind = TIME.equals(name) ? FieldType.Kind.TIME : FieldType.Kind.NUMBER;
        final boolean optional = "optional".equals(type.getAttribute("presence"));
        final String given = type.getAttribute("nullValue");
        return new FieldType(name, kind, primitive, optional, given.isEmpty() ? primitive.nullValue() : Long.parseLong(given), null);
    }

    private void readCodes(final Element type, final FieldType.Kind kind) {
        final String name = type.getAttribute("name");
        final PrimitiveType primitive = PrimitiveType.of(type.getAttribute("encodingType"));
        final TreeMap<Integer, String> values = new TreeMap<>();
        for (final Element value : children(type)) {
            final String replaced = values.put(Integer.valueOf(value.getTextContent().trim()), value.getAttribute("name"));
            require(null == replaced, "a code used twice in " + name);
        }
        final CodeList codes = new CodeList(name, primitive, values);
        codeLists.put(name, codes);
        types.put(name, new FieldType(name, kind, primitive, FieldType.Kind.ENUM == kind, primitive.nullValue(), codes));
    }

    private static void requireComposite(final Element composite) {
        final List<String> parts = new ArrayList<>();
        children(composite).forEach(part -> parts.add(part.getAttribute("name") + ':' + part.getAttribute("primitiveType")));
        final String shape = parts.toString();
        switch (composite.getAttribute("name")) {
            case "messageHeader" -> require(HEADER.equals(shape), "the header of signals is " + HEADER);
            case "text" -> require(TEXT.equals(shape), "the texts of signals are " + TEXT);
            default -> throw new IllegalArgumentException("signals have no composite " + composite.getAttribute("name"));
        }
    }

    private TemplateDescriptor template(final Element message) {
        final String name = message.getAttribute("name");
        final List<FieldDescriptor> fields = new ArrayList<>();
        final List<TextDescriptor> texts = new ArrayList<>();
        int end = 0;
        for (final Element child : children(message)) {
            final int id = number(child, "id", -1);
            final int since = number(child, "sinceVersion", 0);
            switch (child.getLocalName()) {
                case "field" -> {
                    require(texts.isEmpty(), name + " has a fixed field behind a text");
                    fields.add(new FieldDescriptor(child.getAttribute("name"), id, number(child, "offset", end), fieldType(child), since));
                    end = fields.get(fields.size() - 1).end();
                }
                case "data" -> {
                    require("text".equals(child.getAttribute("type")), name + " has var-data that is no text");
                    texts.add(new TextDescriptor(child.getAttribute("name"), id, since));
                }
                default -> throw new IllegalArgumentException(name + " is not flat: " + child.getNodeName());
            }
        }
        final int blockLength = number(message, "blockLength", end);
        return new TemplateDescriptor(name, number(message, "id", -1), blockLength, number(message, "sinceVersion", 0), fields, texts);
    }

    private FieldType fieldType(final Element field) {
        final FieldType type = types.get(field.getAttribute("type"));
        require(null != type, "no such type: " + field.getAttribute("type"));
        final String presence = field.getAttribute("presence");
        require(presence.isEmpty() || type.optional() == "optional".equals(presence), "presence is said in the type, not in a field");
        return type;
    }

    private static List<Element> children(final Element parent) {
        final List<Element> elements = new ArrayList<>();
        for (Node node = parent.getFirstChild(); null != node; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                elements.add(element);
            }
        }
        return elements;
    }

    private static int number(final Element element, final String attribute, final int fallback) {
        final String value = element.getAttribute(attribute);
        require(!value.isEmpty() || fallback >= 0, element.getNodeName() + " has no " + attribute);
        return value.isEmpty() ? fallback : Integer.parseInt(value);
    }

    private static void require(final boolean condition, final String rule) {
        if (!condition) {
            throw new IllegalArgumentException(rule);
        }
    }
}
