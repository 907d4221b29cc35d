using System.Runtime.Intrinsics;

namespace Homestretch.Promising.Kernel;

/// <summary>Prices of scarce supply. Each slack of <see cref="SupplySlack"/> is a limit shared by many orders; relaxing
/// the limits with a price a unit (Lagrangian relaxation) lets every order choose alone between being on time and each
/// day on which it could be late, and prices rise where the choices together ask for more than there is.</summary>
/// <remarks>An order's cost of starting on day d late is LateOrderDays + d + sum over parts of quantity times price. A
/// price falls with the start, since a later start draws on fewer limits, and is 0 from the earliest purchase on.
/// Prices move by AdaGrad steps (Duchi, Hazan, Singer 2011, eq. 1 in diagonal form) and are averaged over the second
/// half of the rounds. Costs are added lane by lane in part order, so results do not depend on the hardware.</remarks>
internal sealed class AllocationPrices
{
    private const int Day = 86_400, Lanes = 8;

    private readonly AllocationProblem _problem;
    private readonly SupplySlack _slack;
    private readonly int[] _orders, _latest;      // free orders and the latest second at which each can start and be on time
    private readonly int[] _termFirst, _termItem, _termRank; // binding parts of each free order; rank index at its latest start
    private readonly float[] _termQuantity;
    private readonly int[] _rankFirst;            // by item: first rank index; ranks 0..Binding
    private readonly float[] _rankPrice;          // price a unit by rank index
    private readonly double[] _price, _squares;   // by lot: its limit's price, summed squared gradients
    private readonly double[] _sum;               // by lot: prices summed for the average
    private readonly long[] _asked;               // by rank index: quantity asked by the present choices
    private readonly float[] _dayPrice;           // item * _columns + day
    private readonly byte[] _dayRank;             // rank on that day; Free when purchases have begun
    private readonly int _columns, _span, _days;
    private readonly int[] _choice;               // by free order: -1 on time, else the column (day) of its start

    /// <summary>By free order: how much cheaper being on time is than the best way of being late, in days.</summary>
    public readonly float[] Margin;

    /// <summary>By free order: the day on which it would best start when late.</summary>
    public readonly int[] LateDay;

    private const byte Free = byte.MaxValue;

    /// <param name="problem">The problem.</param>
    /// <param name="needed">Open quantity of each part row.</param>
    /// <param name="slack">Slack after all orders that are not free.</param>
    /// <param name="orders">The orders that may be on time or late.</param>
    /// <param name="latest">Latest start second of each, 0 or more.</param>
    /// <param name="mostDaysLate">No order chooses to be later.</param>
    public AllocationPrices(AllocationProblem problem, int[] needed, SupplySlack slack, int[] orders, int[] latest, int mostDaysLate)
    {
        (_problem, _slack, _orders, _latest) = (problem, slack, orders, latest);
        _rankFirst = new int[problem.ItemCount + 1];
        int horizon = 0;
        for (int item = 0; item < problem.ItemCount; item++)
        {
            _rankFirst[item + 1] = _rankFirst[item] + slack.Binding[item] + 1;
            if (slack.Binding[item] > 0 && problem.BuyLead[item] != int.MaxValue) horizon = Math.Max(horizon, problem.BuyLead[item]);
            else if (slack.Binding[item] > 0) horizon = Math.Max(horizon, problem.LotSecond[problem.LotFirst[item] + slack.Binding[item] - 1]);
        }
        _days = horizon / Day + 2;
        _span = (mostDaysLate + Lanes - 1) / Lanes * Lanes;
        _columns = (_days + _span + Lanes) / Lanes * Lanes;
        _rankPrice = new float[_rankFirst[^1]];
        _asked = new long[_rankFirst[^1]];
        _price = new double[problem.LotCount];
        _squares = new double[problem.LotCount];
        _sum = new double[problem.LotCount];
        _dayPrice = new float[problem.ItemCount * _columns];
        _dayRank = new byte[problem.ItemCount * _columns];
        for (int item = 0; item < problem.ItemCount; item++)
            for (int day = 0; day < _columns; day++)
                _dayRank[item * _columns + day] = problem.BuyLead[item] <= (long)day * Day || slack.Binding[item] == 0
                    ? Free : (byte)Math.Min(slack.Rank(item, day * Day), Free - 1);
        (_termFirst, _termItem, _termRank, _termQuantity) = Terms(needed);
        _choice = new int[orders.Length];
        Margin = new float[orders.Length];
        LateDay = new int[orders.Length];
        for (int k = 0; k < orders.Length; k++)
        {
            _choice[k] = -1;
            Ask(k, -1, 1);
        }
    }

    /// <summary>Runs pricing rounds and leaves margins at the averaged prices.</summary>
    /// <param name="rounds">How many.</param>
    /// <param name="lateOrderDays">Cost of being late at all, in days.</param>
    /// <param name="step">First step of a price, in days a unit.</param>
    public void Run(int rounds, float lateOrderDays, double step, CancellationToken cancel)
    {
        int averaged = 0;
        for (int round = 0; round < rounds; round++)
        {
            cancel.ThrowIfCancellationRequested();
            Raise(step);
            Spread(_price, 1);
            if (round >= rounds / 2)
            {
                for (int lot = 0; lot < _price.Length; lot++) _sum[lot] += _price[lot];
                averaged++;
            }
            if (round == rounds - 1) break;
            Choose(lateOrderDays);
        }
        if (averaged > 0) Spread(_sum, 1.0 / averaged);
        Choose(lateOrderDays);
    }

    private (int[], int[], int[], float[]) Terms(int[] needed)
    {
        int[] first = new int[_orders.Length + 1];
        var item = new List<int>(_orders.Length * 8);
        var rank = new List<int>(_orders.Length * 8);
        var quantity = new List<float>(_orders.Length * 8);
        for (int k = 0; k < _orders.Length; k++)
        {
            for (int part = _problem.PartFirst[_orders[k]]; part < _problem.PartFirst[_orders[k] + 1]; part++)
            {
                int i = _problem.PartItem[part];
                if (needed[part] == 0 || _slack.Binding[i] == 0 || _problem.BuyLead[i] <= _latest[k]) continue;
                item.Add(i);
                rank.Add(_rankFirst[i] + _slack.Rank(i, _latest[k]));
                quantity.Add(needed[part]);
            }
            first[k + 1] = item.Count;
        }
        return (first, [.. item], [.. rank], [.. quantity]);
    }

    /// <summary>Moves each price by how much its limit is overdrawn.</summary>
    private void Raise(double step)
    {
        for (int item = 0; item < _problem.ItemCount; item++)
        {
            long asked = _asked[_rankFirst[item]];
            int first = _problem.LotFirst[item];
            for (int k = 0; k < _slack.Binding[item]; k++)
            {
                asked += _asked[_rankFirst[item] + k + 1];
                double over = asked - _slack.Slack[first + k];
                if (over <= 0 && _price[first + k] == 0) continue;
                _squares[first + k] += over * over;
                if (over != 0) _price[first + k] = Math.Max(0, _price[first + k] + step * over / Math.Sqrt(_squares[first + k]));
            }
        }
    }

    /// <summary>Price a unit by rank and by day, from prices by limit.</summary>
    private void Spread(double[] price, double scale)
    {
        for (int item = 0; item < _problem.ItemCount; item++)
        {
            int first = _problem.LotFirst[item], ranks = _rankFirst[item], binding = _slack.Binding[item];
            if (binding == 0) continue;
            double sum = 0;
            for (int k = binding - 1; k >= 0; k--) _rankPrice[ranks + k + 1] = (float)((sum += price[first + k]) * scale);
            _rankPrice[ranks] = _rankPrice[ranks + 1];
            int row = item * _columns;
            for (int day = 0; day < _columns && _dayRank[row + day] != Free; day++) _dayPrice[row + day] = _rankPrice[ranks + _dayRank[row + day]];
        }
    }

    /// <summary>Lets every free order choose again.</summary>
    private void Choose(float lateOrderDays)
    {
        Span<float> costs = stackalloc float[_span];
        Vector256<float> ramp = Vector256.Create(0f, 1, 2, 3, 4, 5, 6, 7);
        for (int k = 0; k < _orders.Length; k++)
        {
            int from = _termFirst[k], to = _termFirst[k + 1];
            float onTime = 0;
            for (int t = from; t < to; t++) onTime += _termQuantity[t] * _rankPrice[_termRank[t]];
            int column = _latest[k] / Day + 1;
            float begin = lateOrderDays + column - _latest[k] / (float)Day, best = float.MaxValue;
            int bestDay = column;
            for (int j = 0; j < _span && begin + j < best; j += Lanes)
            {
                Vector256<float> sum = ramp + Vector256.Create(begin + j);
                for (int t = from; t < to; t++)
                    sum += Vector256.Create(_termQuantity[t]) * Vector256.LoadUnsafe(ref _dayPrice[_termItem[t] * _columns + Math.Min(column + j, _columns - Lanes)]);
                sum.CopyTo(costs[j..]);
                for (int lane = j; lane < j + Lanes; lane++)
                    if (costs[lane] < best) (best, bestDay) = (costs[lane], column + lane);
            }
            Margin[k] = best - onTime;
            LateDay[k] = bestDay;
            int choice = onTime <= best ? -1 : bestDay;
            if (choice == _choice[k]) continue;
            Ask(k, _choice[k], -1);
            Ask(k, choice, 1);
            _choice[k] = choice;
        }
    }

    /// <summary>Adds an order's parts to what is asked, or takes them back.</summary>
    private void Ask(int k, int choice, int sign)
    {
        for (int t = _termFirst[k]; t < _termFirst[k + 1]; t++)
        {
            if (choice < 0) _asked[_termRank[t]] += sign * (int)_termQuantity[t];
            else if (choice < _columns && _dayRank[_termItem[t] * _columns + choice] is not Free and byte rank) _asked[_rankFirst[_termItem[t]] + rank] += sign * (int)_termQuantity[t];
        }
    }
}
