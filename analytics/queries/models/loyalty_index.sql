-- One row per cell of loyalty_cells, product and replicate group: customers at their index contact, and how many of them
-- stayed the 12 months after. Cells by number, so that a question reads a few whole numbers for each.
select
    loyalty_cells.cell,
    loyalty_people.product,
    loyalty_people.replicate_group,
    loyalty_people.customers,
    loyalty_people.stayed
from loyalty_people
inner join loyalty_cells
    on
        loyalty_people.segment is not distinct from loyalty_cells.segment
        and loyalty_people.channel is not distinct from loyalty_cells.channel
        and loyalty_people.effort is not distinct from loyalty_cells.effort
        and loyalty_people.resolved is not distinct from loyalty_cells.resolved
        and loyalty_people.repeated_information is not distinct from loyalty_cells.repeated_information
        and loyalty_people.tenure_band is not distinct from loyalty_cells.tenure_band
        and loyalty_people.value_enhanced is not distinct from loyalty_cells.value_enhanced
order by loyalty_cells.cell, loyalty_people.product, loyalty_people.replicate_group
