namespace Homestretch.Products.Features;

/// <summary>Ways through models and constraints.</summary>
internal static class Walking
{
    extension(FeatureModel model)
    {
        /// <summary>The rules below "constraints" and those that features carry, in the order written.</summary>
        public IEnumerable<Rule> AllRules() =>
            model.Features().SelectMany(static f => f.Attributes).Select(static a => a.Value).OfType<AttributeValue.Rules>().SelectMany(static r => r.All).Concat(model.Rules);
    }

    extension(Constraint constraint)
    {
        /// <summary>Every comparison and every feature named, from left to right.</summary>
        public IEnumerable<Constraint> Leaves()
        {
            var open = new Stack<Constraint>([constraint]);
            while (open.TryPop(out Constraint? now))
            {
                switch (now)
                {
                    case Constraint.Not not: open.Push(not.Of); break;
                    case Constraint.Both both:
                        open.Push(both.Right);
                        open.Push(both.Left);
                        break;
                    default: yield return now; break;
                }
            }
        }
    }

    extension(Expression expression)
    {
        /// <summary>All parts that are not calculated from others, from left to right.</summary>
        public IEnumerable<Expression> Leaves()
        {
            var open = new Stack<Expression>([expression]);
            while (open.TryPop(out Expression? now))
            {
                if (now is Expression.Calculated calculated)
                {
                    open.Push(calculated.Right);
                    open.Push(calculated.Left);
                }
                else
                {
                    yield return now;
                }
            }
        }
    }
}
