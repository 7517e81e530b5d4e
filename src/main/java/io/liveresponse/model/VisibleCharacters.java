package io.liveresponse.model;

/** Characters that a reader cannot see or that would mislead, and their replacements in a view. */
final class VisibleCharacters {

    private static final int CONTROL_PICTURES = 0x2400;
    private static final int PICTURE_OF_DELETE = 0x2421;

    private VisibleCharacters() {
    }

    /** The character's replacement: itself, a control picture such as {@code ␀}, or an {@link #escape}. */
    static String of(int character) {
        if (character < ' ' && character != '\n' && character != '\t') {
            return Character.toString(CONTROL_PICTURES + character);
        }
        if (character == 0x7f) {
            return Character.toString(PICTURE_OF_DELETE);
        }
        return isHidden(character) ? escape(character) : Character.toString(character);
    }

    /** How many UTF-16 units {@link #of} gives. */
    static int width(int character) {
        return character >= ' ' && character < 0x7f ? 1 : of(character).length();
    }

    /** {@code \}{@code uXXXX}, or {@code \}{@code u{XXXXX}} beyond the first plane. */
    static String escape(int character) {
        return String.format(character > 0xffff ? "\\u{%X}" : "\\u%04X", character);
    }

    static boolean isHidden(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL -> character != '\n' && character != '\t';
            case Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> isNoncharacter(character) || isInvisibleLetter(character);
        };
    }

    private static boolean isNoncharacter(int character) {
        return (character & 0xfffe) == 0xfffe || character >= 0xfdd0 && character <= 0xfdef;
    }

    /** Default_Ignorable_Code_Point of Unicode as far as no other rule has it; U+FE0F is left out, since emoji need it. */
    private static boolean isInvisibleLetter(int character) {
        return switch (character) {
            case 0x034f, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x180b, 0x180c, 0x180d, 0x180f, 0x3164, 0xffa0, 0x2065, 0x2800 -> true;
            default -> character >= 0xfe00 && character <= 0xfe0e
                    || character >= 0xfff0 && character <= 0xfff8
                    || character >= 0xe0000 && character <= 0xe0fff;
        };
    }
}
