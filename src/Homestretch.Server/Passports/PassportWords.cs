namespace Homestretch.Server.Passports;

/// <summary>What a passport's page says, in four languages: English, German, French, Spanish.</summary>
internal static class PassportWords
{
    public static IReadOnlyList<(string Code, string Name)> Languages { get; } = [("en", "English"), ("de", "Deutsch"), ("fr", "Français"), ("es", "Español")];

    /// <summary>The text of a key in a language; English where there is no other, the key itself where there is none.</summary>
    public static string Of(string key, string language) => s_words.TryGetValue(key, out string[]? said) ? said[Place(language)] : key;

    public static IEnumerable<string> Keys => s_words.Keys;

    /// <summary>The language that was asked for, by name or by what a browser accepts, the most wanted first.</summary>
    public static string Choose(string? asked, string accepted)
    {
        if (Languages.Any(l => l.Code == asked)) return asked!;
        foreach (string part in accepted.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            if (part.Length >= 2 && Languages.Any(l => part.StartsWith(l.Code, StringComparison.OrdinalIgnoreCase)) && (part.Length == 2 || part[2] is '-' or ';')) return part[..2].ToLowerInvariant();
        return "en";
    }

    private static int Place(string language) => language switch { "de" => 1, "fr" => 2, "es" => 3, _ => 0 };

    private static readonly Dictionary<string, string[]> s_words = new(StringComparer.Ordinal)
    {
        ["title"] = ["Product passport", "Produktpass", "Passeport produit", "Pasaporte del producto"],
        ["product"] = ["Product", "Produkt", "Produit", "Producto"],
        ["battery"] = ["Battery", "Batterie", "Batterie", "Batería"],
        ["none"] = ["No battery is on record.", "Keine Batterie ist verzeichnet.", "Aucune batterie n'est enregistrée.", "No consta ninguna batería."],
        ["unknown"] = ["unknown", "unbekannt", "inconnu", "desconocido"],
        ["later"] = ["not required before {0}", "nicht verlangt vor dem {0}", "non exigé avant le {0}", "no exigido antes del {0}"],
        ["sample"] = ["sample, not to be relied on", "Muster, nicht verlässlich", "exemple, non fiable", "muestra, no fiable"],
        ["complete"] = ["Everything that the law asks for on {0} is said here.", "Alles, was das Gesetz am {0} verlangt, steht hier.", "Tout ce que la loi exige au {0} figure ici.", "Aquí consta todo lo que la ley exige el {0}."],
        ["missing"] = ["Of what the law asks for on {0}, {1} are missing here.", "Von dem, was das Gesetz am {0} verlangt, fehlen hier {1}.", "De ce que la loi exige au {0}, {1} manquent ici.", "De lo que la ley exige el {0}, faltan aquí {1}."],
        ["voluntary"] = ["A passport is required from {0}; this unit was made before.", "Ein Pass ist ab dem {0} verlangt; dieses Stück wurde davor hergestellt.", "Un passeport est exigé à partir du {0} ; cette unité a été fabriquée avant.", "Se exige pasaporte desde el {0}; esta unidad se fabricó antes."],
        ["unasked"] = ["Its market asks for no passport.", "Ihr Markt verlangt keinen Pass.", "Son marché n'exige pas de passeport.", "Su mercado no exige pasaporte."],
        ["nowhere"] = ["There is no passport here.", "Hier ist kein Pass.", "Il n'y a pas de passeport ici.", "Aquí no hay ningún pasaporte."],
        ["maker"] = ["Made by", "Hersteller", "Fabricant", "Fabricante"],
        ["model"] = ["Model", "Modell", "Modèle", "Modelo"],
        ["serial"] = ["Serial number", "Seriennummer", "Numéro de série", "Número de serie"],
        ["made_in"] = ["Finished in", "Fertiggestellt in", "Achevé à", "Acabado en"],
        ["made_on"] = ["Finished on", "Fertiggestellt am", "Achevé le", "Acabado el"],
        ["market"] = ["Finished for", "Fertiggestellt für", "Achevé pour", "Acabado para"],
        ["firmware"] = ["Firmware", "Firmware", "Micrologiciel", "Firmware"],
        ["documents"] = ["Documents in force", "Gültige Dokumente", "Documents en vigueur", "Documentos en vigor"],
        ["labels"] = ["On its label", "Auf dem Schild", "Sur l'étiquette", "En la etiqueta"],
        ["repair_parts"] = ["Parts", "Teile", "Pièces", "Piezas"],
        ["manufacturer"] = ["Manufacturer", "Erzeuger", "Fabricant", "Fabricante"],
        ["category"] = ["Category", "Kategorie", "Catégorie", "Categoría"],
        ["place_of_manufacture"] = ["Place of manufacture", "Herstellungsort", "Lieu de fabrication", "Lugar de fabricación"],
        ["date_of_manufacture"] = ["Month of manufacture", "Herstellungsmonat", "Mois de fabrication", "Mes de fabricación"],
        ["weight"] = ["Weight", "Gewicht", "Poids", "Peso"],
        ["chemistry"] = ["Chemistry", "Chemische Zusammensetzung", "Composition chimique", "Composición química"],
        ["hazardous_substances"] = ["Hazardous substances", "Gefährliche Stoffe", "Substances dangereuses", "Sustancias peligrosas"],
        ["extinguishing_agent"] = ["Extinguishing agent", "Löschmittel", "Agent extincteur", "Agente extintor"],
        ["critical_raw_materials"] = ["Critical raw materials", "Kritische Rohstoffe", "Matières premières critiques", "Materias primas fundamentales"],
        ["carbon_footprint"] = ["Carbon footprint", "CO2-Fußabdruck", "Empreinte carbone", "Huella de carbono"],
        ["carbon_footprint_class"] = ["Carbon footprint class", "CO2-Leistungsklasse", "Classe d'empreinte carbone", "Clase de huella de carbono"],
        ["responsible_sourcing"] = ["Responsible sourcing", "Verantwortungsvolle Beschaffung", "Approvisionnement responsable", "Abastecimiento responsable"],
        ["recycled_content"] = ["Recycled content", "Rezyklatgehalt", "Contenu recyclé", "Contenido reciclado"],
        ["renewable_content"] = ["Renewable content", "Anteil erneuerbarer Stoffe", "Contenu renouvelable", "Contenido renovable"],
        ["rated_capacity"] = ["Rated capacity", "Bemessungskapazität", "Capacité assignée", "Capacidad asignada"],
        ["voltage_minimum"] = ["Minimum voltage", "Mindestspannung", "Tension minimale", "Tensión mínima"],
        ["voltage_nominal"] = ["Nominal voltage", "Nennspannung", "Tension nominale", "Tensión nominal"],
        ["voltage_maximum"] = ["Maximum voltage", "Höchstspannung", "Tension maximale", "Tensión máxima"],
        ["power"] = ["Original power capability", "Ursprüngliche Leistungsfähigkeit", "Puissance d'origine", "Potencia original"],
        ["expected_lifetime"] = ["Expected lifetime", "Erwartete Lebensdauer", "Durée de vie prévue", "Vida útil prevista"],
        ["idle_temperatures"] = ["Temperatures when not in use", "Temperaturen bei Nichtgebrauch", "Températures hors utilisation", "Temperaturas sin uso"],
        ["warranty"] = ["Warranty", "Garantie", "Garantie", "Garantía"],
        ["efficiency_new"] = ["Round trip efficiency when new", "Energieeffizienz im Neuzustand", "Rendement énergétique à l'état neuf", "Eficiencia energética inicial"],
        ["efficiency_half"] = ["Round trip efficiency at half its cycle life", "Energieeffizienz bei halber Zyklenzahl", "Rendement énergétique à mi-vie", "Eficiencia energética a media vida"],
        ["resistance"] = ["Internal resistance of cell and pack", "Innenwiderstand von Zelle und Pack", "Résistance interne (cellule et bloc)", "Resistencia interna (celda y paquete)"],
        ["c_rate"] = ["C-rate of the cycle life test", "C-Rate der Lebensdauerprüfung", "Taux C de l'essai de durée de vie", "Tasa C del ensayo de ciclos"],
        ["markings"] = ["Markings", "Kennzeichnungen", "Marquages", "Marcados"],
        ["conformity"] = ["EU declaration of conformity", "EU-Konformitätserklärung", "Déclaration UE de conformité", "Declaración UE de conformidad"],
        ["waste"] = ["When it becomes waste", "Wenn sie zu Abfall wird", "En fin de vie", "Al final de su vida"],
        ["composition"] = ["Detailed composition", "Genaue Zusammensetzung", "Composition détaillée", "Composición detallada"],
        ["part_numbers"] = ["Part numbers", "Teilenummern", "Références des pièces", "Referencias de piezas"],
        ["spare_sources"] = ["Sources of spare parts", "Bezugsquellen für Ersatzteile", "Sources de pièces de rechange", "Fuentes de repuestos"],
        ["dismantling"] = ["Dismantling", "Demontage", "Démontage", "Desmontaje"],
        ["safety"] = ["Safety measures", "Sicherheitsmaßnahmen", "Mesures de sécurité", "Medidas de seguridad"],
        ["performance"] = ["Performance and durability", "Leistung und Haltbarkeit", "Performance et durabilité", "Rendimiento y durabilidad"],
        ["state_of_health"] = ["State of health", "Alterungszustand", "État de santé", "Estado de salud"],
        ["status"] = ["Status", "Status", "Statut", "Estado"],
        ["use"] = ["Use", "Nutzung", "Utilisation", "Uso"],
        ["test_reports"] = ["Test reports", "Prüfberichte", "Rapports d'essai", "Informes de ensayo"],
        ["batch"] = ["Batch", "Charge", "Lot", "Lote"],
    };
}
